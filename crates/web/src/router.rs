//! Every address, and what all requests go through.

use std::{any::Any, sync::Arc};

use app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{Settings, answer::Failure, api, assets, client, cookies, middleware, pages::*, routes, site::Site};

/// Forms are small; only uploads may be large.
const FORM_LIMIT: usize = 2 << 20;

/// Every page and the API over `app`.
pub fn router(app: App, settings: Settings) -> Router {
    let upload = DefaultBodyLimit::max(settings.upload_limit);
    let site = Site { app, settings: Arc::new(settings), known: Arc::default() };
    let for_panic = site.clone();
    let one = Router::new()
        .route("/", get(home::get))
        .route("/benchmarks", get(benchmarks::get))
        .route("/provider-access", get(provider_access::get))
        .route("/year-groups", get(year_grid::get))
        .route("/requirements/{requirement}", get(requirement::get))
        .route("/requirements/{requirement}/export", get(requirement::export))
        .route("/requirements/{requirement}/why", get(why::get))
        .route("/learners", get(learners::get))
        .route("/learners/find", post(learners::find))
        .route("/learners/{learner}", get(learner::get))
        .route("/learners/{learner}/notes", get(learner::notes).post(learner::add_note))
        .route("/learners/{learner}/notes/{note}", get(learner::note).post(learner::change_note))
        .route("/learners/{learner}/copy", get(data_protection::copy).post(data_protection::make_copy))
        .route("/learners/{learner}/erase", get(data_protection::learner_to_erase).post(data_protection::check_erasure))
        .route("/learners/{learner}/erase/confirm", post(data_protection::erase_learner))
        .route("/settings/data-protection", get(data_protection::overview))
        .route(
            "/settings/data-protection/retention",
            get(data_protection::retention).post(data_protection::change_retention),
        )
        .route("/settings/data-protection/retention/run", post(data_protection::run_retention))
        .route("/settings/data-protection/documents/{document}", get(data_protection::document))
        .route("/settings/data-protection/documents/{document}/file", get(data_protection::save_document))
        .route(
            "/settings/people/{account}/erase",
            get(data_protection::account_to_erase).post(data_protection::erase_account),
        )
        .route("/activities", get(activities::list))
        .route("/activities/new", get(activities::new).post(activities::add))
        .route("/activities/{activity}", get(activities::get))
        .route("/activities/{activity}/change", get(activities::edit).post(activities::change))
        .route("/activities/{activity}/delete", post(activities::delete))
        .route("/activities/{activity}/restore/{event}", post(activities::restore))
        .route("/imports", get(imports::list).post(imports::upload).layer(upload))
        .route("/imports/{import}", get(imports::get))
        .route("/imports/{import}/columns", post(imports::map))
        .route("/imports/{import}/apply", post(imports::apply))
        .route("/imports/{import}/file", get(imports::annotated))
        .route("/imports/{import}/replan", post(imports::replan))
        .route("/imports/{import}/cancel", post(imports::cancel))
        .route("/imports/{import}/undo", post(imports::undo))
        .route("/settings", get(institution::get))
        .route("/settings/details", get(institution::edit).post(institution::change))
        .route("/settings/second-step/ask", post(institution::ask_second_step))
        .route("/settings/second-step/leave", post(institution::leave_second_step))
        .route("/settings/people", get(people::list))
        .route("/settings/people/invite", get(people::form).post(people::invite))
        .route("/settings/people/invitations/{invitation}/again", post(people::again))
        .route("/settings/people/invitations/{invitation}/withdraw", post(people::withdraw))
        .route("/settings/people/invitations/{invitation}/restore", post(people::restore))
        .route("/settings/people/{account}/password-link", post(people::password_link))
        .route("/audit", get(audit::get))
        .route("/audit/find", post(audit::find))
        .route("/audit/export", get(audit::export))
        .route("/settings/people/{account}", get(people::get).post(people::give))
        .route("/settings/people/{account}/roles/{role}/end", post(people::end_role))
        .route("/settings/people/{account}/leave", post(people::leave))
        .route("/settings/people/{account}/give-back/{event}", post(people::give_back))
        .route("/settings/people/{account}/caseload", get(people::caseload).post(people::change_caseload))
        .route("/settings/people/{account}/caseload/find", post(people::find_caseload))
        .route("/settings/people/{account}/caseload/undo/{event}", post(people::undo_caseload))
        .route("/settings/people/{account}/hand-over", get(people::hand_over).post(people::pass_on))
        .route("/settings/people/{account}/hand-over/undo/{event}", post(people::take_back))
        .route("/settings/roles", get(roles::get).post(roles::change))
        .route("/settings/roles/reset", post(roles::reset))
        .route("/settings/roles/undo/{event}", post(roles::undo))
        .route("/settings/programs", get(programs::get).post(programs::add))
        .route("/settings/programs/{key}/revoke", post(programs::revoke))
        .route("/settings/view-as", post(view_as::begin))
        .route("/settings/asked/{requirement}", get(institution::evidence).post(institution::attest))
        .merge(routes::one());
    Router::new()
        .route("/", get(home::start))
        .route("/go", get(go::get))
        .route("/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/sign-in/with/{provider}", post(sign_on::begin))
        .route("/sign-in/back/{provider}", get(sign_on::back))
        .route("/sign-in/passkey", post(second_step::sign_in))
        .route("/sign-in/passkey/options", post(second_step::sign_in_options))
        .route("/sign-in/second-step", get(second_step::get).post(second_step::post))
        .route("/sign-in/second-step/passkey", post(second_step::options))
        .route("/join/{institution}/{token}/with/{provider}", post(sign_on::join))
        .route("/sign-out", post(sign_in::out))
        .route("/setup", get(setup::get).post(setup::post))
        .route("/setup/institution", get(setup::institution))
        .route("/setup/institution/new", get(setup::by_hand).post(setup::add_by_hand))
        .route("/setup/register", post(setup::register).layer(upload))
        .route("/account", get(account::get))
        .route("/account/password", post(account::change_password))
        .route("/account/sign-on", get(sign_on::get))
        .route("/account/sign-on/add/{provider}", post(sign_on::add))
        .route("/account/sign-on/remove/{identity}", post(sign_on::remove))
        .route("/account/sessions/{session}/end", post(sessions::end))
        .route("/account/sessions/others/end", post(sessions::end_others))
        .route("/join/{institution}/{token}", get(join::get).post(join::post))
        .route("/forgotten", get(forgotten::get).post(forgotten::post))
        .route("/reset/{token}", get(forgotten::link).post(forgotten::reset))
        .route("/account/confirm", get(security::confirm).post(security::confirmed))
        .route("/account/confirm/passkey", post(security::confirmation_passkey))
        .route("/account/security", get(security::get))
        .route("/account/security/code", get(security::code).post(security::begin_code))
        .route("/account/security/code/confirm", post(security::confirm_code))
        .route("/account/security/code/off", post(security::turn_off_code))
        .route("/account/security/passkeys", post(security::add_passkey))
        .route("/account/security/passkeys/options", post(security::new_passkey))
        .route("/account/security/passkeys/{passkey}/remove", post(security::remove_passkey))
        .route("/account/security/recovery-codes", post(security::new_recovery_codes))
        .route("/view-as/stop", post(view_as::stop))
        .route("/about", get(about::get))
        .route("/accessibility", get(about::accessibility))
        .merge(routes::open())
        .nest("/institutions/{institution}", one)
        .nest("/api/v1", api::router(upload))
        .route("/assets/{version}/{name}", get(assets::get))
        .route("/favicon.ico", get(assets::mark))
        .fallback(async || Failure::NOT_FOUND)
        .method_not_allowed_fallback(forms_only::get)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn(middleware::come_back))
        .layer(from_fn_with_state(site.clone(), middleware::own_pages_only))
        .layer(from_fn_with_state(site.clone(), middleware::patience))
        .layer(CatchPanicLayer::custom(move |cause: Box<dyn Any + Send>| middleware::panicked(&for_panic, &*cause)))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(site.clone(), middleware::protect))
        .layer(from_fn_with_state(site.clone(), client::recognise))
        .layer(from_fn_with_state(site.clone(), cookies::own))
        .layer(from_fn(middleware::log))
        .with_state(site)
}
