use super::{Claims, SignOnRefusal};
use crate::Secret;

/// An identity provider that people may sign in with, by OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its name in addresses of ours: lower-case letters, digits and hyphens.
    pub name: String,
    /// What the button says after “Sign in with”, such as `Microsoft`.
    pub label: String,
    /// Whose it is, which decides what of a token is checked and who a person is.
    pub kind: ProviderKind,
    /// The issuer, exactly as its discovery document says it: an https address (http only on this machine).
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// How we prove to it that it is us.
    pub client_secret: Secret,
}

/// Whose provider it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderKind {
    /// Microsoft Entra of one tenant. People are known by tenant and object id (`tid`, `oid`): `sub` differs between applications, and
    /// addresses and names are anybody's to choose.
    Entra {
        /// The tenant's id, which tokens must carry.
        tenant: String,
    },
    /// Google Workspace. People are known by `sub`.
    Google {
        /// The organisation's domain, which tokens must carry as `hd`. A private Google account has none.
        hosted_domain: String,
    },
    /// Any other. People are known by issuer and `sub`.
    Other,
}

impl IdentityProvider {
    /// Passes if people can sign in with it.
    ///
    /// # Errors
    /// What whoever runs the server has to change.
    pub fn check(&self) -> Result<(), String> {
        let ProviderKind::Entra { tenant } = &self.kind else { return Ok(()) };
        if ["common", "organizations", "consumers"].contains(&tenant.to_lowercase().as_str()) {
            return Err(format!(
                "tenant = {tenant:?} would let in people of every organisation at Microsoft. Write the id of your own tenant (Entra \
                 admin centre, Overview, “Tenant ID”)."
            ));
        }
        if !is_guid(tenant) {
            return Err(format!(
                "tenant = {tenant:?} is not a tenant's id, which looks like 8a3f5b1c-0000-4000-8000-000000000000 (Entra admin \
                 centre, Overview, “Tenant ID”)."
            ));
        }
        Ok(())
    }

    /// Whether it runs on this machine, so that plain http is safe: for tests, and for trying things out.
    pub(super) fn is_here(&self) -> bool {
        is_here(&self.issuer)
    }

    /// By what the person of these claims is known here: the subject beside the issuer.
    pub(super) fn subject(&self, claims: &Claims) -> Result<String, SignOnRefusal> {
        match &self.kind {
            ProviderKind::Entra { tenant } => {
                let theirs = claims.tenant.as_deref().ok_or(SignOnRefusal::WrongOrganisation)?;
                if !theirs.eq_ignore_ascii_case(tenant) {
                    return Err(SignOnRefusal::WrongOrganisation);
                }
                let object = claims.object.as_deref().filter(|object| !object.is_empty());
                let object = object.ok_or(SignOnRefusal::NotTrusted("oid"))?;
                Ok(format!("{}/{}", theirs.to_lowercase(), object.to_lowercase()))
            }
            ProviderKind::Google { hosted_domain } => {
                let theirs = claims.hosted_domain.as_deref().unwrap_or_default();
                let is_theirs = theirs.eq_ignore_ascii_case(hosted_domain);
                if is_theirs { Ok(claims.subject.clone()) } else { Err(SignOnRefusal::WrongOrganisation) }
            }
            ProviderKind::Other => Ok(claims.subject.clone()),
        }
    }
}

/// Whether an address is http on this machine.
pub(super) fn is_here(address: &str) -> bool {
    url::Url::parse(address)
        .is_ok_and(|url| url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")))
}

fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "8a3f5b1c-0000-4000-8000-000000000000";

    fn provider(kind: ProviderKind) -> IdentityProvider {
        IdentityProvider {
            name: "staff".into(),
            label: "Microsoft".into(),
            kind,
            issuer: "https://login.example".into(),
            client_id: "waymark".into(),
            client_secret: Secret::new("hidden"),
        }
    }

    #[test]
    fn a_tenant_that_is_everybodys_is_refused() {
        for tenant in ["common", "Organizations", "consumers", "larkfield.example", "8a3f5b1c"] {
            assert!(provider(ProviderKind::Entra { tenant: tenant.into() }).check().is_err(), "{tenant}");
        }
        assert!(provider(ProviderKind::Entra { tenant: TENANT.into() }).check().is_ok());
    }

    #[test]
    fn who_somebody_is_depends_on_whose_provider_it_is() {
        let claims = Claims {
            subject: "S".into(),
            tenant: Some(TENANT.to_uppercase()),
            object: Some("O-1".into()),
            hosted_domain: Some("Larkfield.example".into()),
            ..Claims::default()
        };
        let of = |kind| provider(kind).subject(&claims);
        assert_eq!(of(ProviderKind::Other), Ok("S".into()));
        assert_eq!(of(ProviderKind::Entra { tenant: TENANT.into() }), Ok(format!("{TENANT}/o-1")));
        assert_eq!(of(ProviderKind::Google { hosted_domain: "larkfield.example".into() }), Ok("S".into()));
        let elsewhere = "11111111-0000-4000-8000-000000000000";
        let wrong = Err(SignOnRefusal::WrongOrganisation);
        assert_eq!(of(ProviderKind::Entra { tenant: elsewhere.into() }), wrong);
        assert_eq!(of(ProviderKind::Google { hosted_domain: "ashdown.example".into() }), wrong);
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(is_here("http://127.0.0.1:4000") && is_here("http://localhost/a") && is_here("http://[::1]:1"));
        assert!(
            !is_here("http://localhost.example")
                && !is_here("http://127.0.0.1@far.example")
                && !is_here("https://localhost")
        );
    }
}
