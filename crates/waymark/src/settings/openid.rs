//! Identity providers that people may sign in with: `[[openid]]`.

use std::path::PathBuf;

use app::{IdentityProvider, ProviderKind};
use serde::Deserialize;

use super::{
    Setting,
    environment::{self, Environment},
    in_file,
    secret::{Text, secret},
};

/// One `[[openid]]` of the settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OpenIdTable {
    name: Option<String>,
    label: Option<String>,
    kind: Option<String>,
    issuer: Option<String>,
    client_id: Option<String>,
    client_secret: Option<Text>,
    client_secret_file: Option<PathBuf>,
    tenant: Option<String>,
    hosted_domain: Option<String>,
}

/// Whose provider it is, in the words of the settings.
pub(crate) fn kind_words(kind: &ProviderKind) -> String {
    match kind {
        ProviderKind::Entra { tenant } => format!("entra, tenant {tenant}"),
        ProviderKind::Google { hosted_domain } => format!("google, domain {hosted_domain}"),
        ProviderKind::Other => "other".to_owned(),
    }
}

/// What file and environment come to. Besides those in the file, `WAYMARK_OPENID` names providers, separated by commas, whose keys
/// are `WAYMARK_OPENID_<NAME>_<KEY>`; such a key also overrules the file's.
pub(super) fn openid(tables: Vec<OpenIdTable>, problems: &mut Vec<String>) -> Vec<IdentityProvider> {
    let mut tables = tables;
    let named = environment::read("WAYMARK_OPENID").map_or(String::new(), |names| names.value);
    for name in named.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !tables.iter().any(|table| table.name.as_deref() == Some(name)) {
            tables.push(OpenIdTable { name: Some(name.to_owned()), ..OpenIdTable::default() });
        }
    }
    let mut providers: Vec<IdentityProvider> = Vec::new();
    for table in tables {
        let Some(provider) = provider(table, problems) else { continue };
        if providers.iter().any(|other| other.name == provider.name) {
            problems.push(format!("openid {}: the name is there twice.", provider.name));
        } else {
            providers.push(provider);
        }
    }
    providers
}

fn provider(table: OpenIdTable, problems: &mut Vec<String>) -> Option<IdentityProvider> {
    let name = table.name.unwrap_or_default();
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 30 || !name.chars().all(is_name) {
        problems.push(format!(
            "openid name = {name:?}: give each provider a short name of lower-case letters, digits and hyphens."
        ));
        return None;
    }
    let before = problems.len();
    let environment = Environment::of(&format!("openid-{name}"));
    let text = |key: &str, value: Option<String>| {
        let found = environment.text(key).or_else(|| value.map(in_file))?;
        Some(found.value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let mut needed = |key: &str, value: Option<String>, what: &str| {
        value.unwrap_or_else(|| {
            problems.push(format!("openid {name}: {key} is missing: {what}."));
            String::new()
        })
    };
    let label = text("label", table.label).unwrap_or_else(|| name.clone());
    let client_id = needed("client-id", text("client-id", table.client_id), "what the provider calls Waymark");
    let tenant = text("tenant", table.tenant);
    let domain = text("hosted-domain", table.hosted_domain);
    let issuer = text("issuer", table.issuer);
    let (kind, issuer) = match text("kind", table.kind).as_deref() {
        Some("entra") => {
            let tenant = needed("tenant", tenant, "the id of your Microsoft tenant");
            let issuer = issuer.unwrap_or_else(|| format!("https://login.microsoftonline.com/{tenant}/v2.0"));
            (ProviderKind::Entra { tenant }, issuer)
        }
        Some("google") => {
            let hosted_domain = needed("hosted-domain", domain, "your organisation's domain at Google");
            (ProviderKind::Google { hosted_domain }, issuer.unwrap_or_else(|| "https://accounts.google.com".to_owned()))
        }
        None | Some("other") => {
            (ProviderKind::Other, needed("issuer", issuer, "the address of the provider, as its documentation says it"))
        }
        Some(other) => {
            problems.push(format!("openid {name}: kind = {other:?}: write entra, google or other."));
            return None;
        }
    };
    if !issuer.is_empty() && !is_safe(&issuer) {
        problems.push(format!("openid {name}: issuer = {issuer:?}: it must begin with https://."));
    }
    let client_secret = secret(
        &format!("openid {name} client-secret"),
        environment.text("client-secret").or_else(|| table.client_secret.map(|text| in_file(text.0))),
        environment.path("client-secret-file").or_else(|| table.client_secret_file.map(in_file)),
        problems,
    );
    let Some(Setting { value: client_secret, .. }) = client_secret else {
        if problems.len() == before {
            problems.push(format!("openid {name}: client-secret-file (or client-secret) is missing."));
        }
        return None;
    };
    let provider = IdentityProvider { name, label, kind, issuer, client_id, client_secret };
    if problems.len() == before
        && let Err(problem) = provider.check()
    {
        problems.push(format!("openid {}: {problem}", provider.name));
    }
    (problems.len() == before).then_some(provider)
}

/// Https, or a provider on this machine.
fn is_safe(issuer: &str) -> bool {
    let here = |host: &str| host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    issuer.starts_with("https://")
        || issuer.strip_prefix("http://").is_some_and(|rest| {
            let authority = rest.split('/').next().unwrap_or_default();
            here(authority) || authority.rsplit_once(':').is_some_and(|(host, _)| here(host))
        })
}
