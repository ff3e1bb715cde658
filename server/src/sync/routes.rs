//! The addresses of sync: what comes in, in which limits, and what is answered.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::StatusCode,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    session::PROTO_HEADER,
    sync::{
        Scope,
        wire::{MAX_MUTATIONS, MAX_PUSH_BYTES, MIN_PROTO, PullRequest, PullResponse, PushRefused, PushRequest},
    },
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, timeout_at},
};

use super::{
    live,
    pull::{self, Pull},
    push::{self, Push, Taken},
};
use crate::{
    App,
    auth::SignedIn,
    db::Changed,
    error::{Failed, Reason},
    sent::Sent,
};

/// A long poll waits at most so long.
const MAX_WAIT_S: u32 = 25;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sync/push", post(push).layer(DefaultBodyLimit::max(MAX_PUSH_BYTES)))
        .route("/sync/pull", post(pull))
        .route("/sync/live", get(live::live))
        .route_layer(from_fn(not_too_old))
}

/// Refuses a device that is too old to be understood; whoever does not say is no application of ours.
async fn not_too_old(request: Request, next: Next) -> Response {
    let said = request.headers().get(PROTO_HEADER).map(|proto| proto.to_str().ok().and_then(|proto| proto.parse().ok()));
    match said {
        Some(proto) if proto.is_none_or(|proto: u32| proto < MIN_PROTO) => Failed::from(Reason::TooOld).into_response(),
        _ => next.run(request).await,
    }
}

async fn push(State(app): State<App>, caller: SignedIn, Sent(request): Sent<PushRequest>) -> Result<Response, Failed> {
    if request.mutations.len() > MAX_MUTATIONS {
        return Err(Reason::TooLarge.into());
    }
    let push = Arc::new(Push { user: caller.user.id(), by: caller.actor(), request });
    let job = push.clone();
    let mut taken = app.db.write(move |tx| push::take(tx, &job, None)).await?;
    while let Taken::Broke { mid } = taken {
        let job = push.clone();
        taken = app.db.write_alone(move |tx| push::take(tx, &job, Some(mid))).await?;
    }
    Ok(match taken {
        Taken::All(response) => Json(response).into_response(),
        Taken::Refused(refused) => {
            let unknown = refused == PushRefused::ClientUnknown;
            let status = if unknown { StatusCode::NOT_FOUND } else { StatusCode::CONFLICT };
            (status, Json(refused)).into_response()
        }
        Taken::Broke { .. } => return Err(Failed::broke("a push that broke was not tried again")),
    })
}

async fn pull(State(app): State<App>, caller: SignedIn, Sent(request): Sent<PullRequest>) -> Result<Json<PullResponse>, Failed> {
    let deadline = Instant::now() + Duration::from_secs(request.wait_s.min(MAX_WAIT_S).into());
    let pull = Arc::new(Pull { user: caller.user.id(), by: caller.actor(), request });
    // Before the first look, so that nothing is missed between looking and waiting.
    let mut changes = app.db.subscribe();
    loop {
        let job = pull.clone();
        let answer = app.db.read(move |snapshot| pull::answer(snapshot, &job)).await?;
        let PullResponse::Page(page) = &answer else { return Ok(Json(answer)) };
        if pull.request.wait_s == 0 || answer.has_news(&pull.request) {
            return Ok(Json(answer));
        }
        let scopes: BTreeSet<Scope> = page.cursors.keys().copied().collect();
        tokio::select! {
            changed = timeout_at(deadline, concerned(&mut changes, &scopes)) => if changed != Ok(true) { return Ok(Json(answer)) },
            () = app.stopping.cancelled() => return Ok(Json(answer)),
        }
    }
}

/// Waits until something changes that these scopes, or access itself, may show; false when nothing will any more.
async fn concerned(changes: &mut Receiver<Arc<Changed>>, scopes: &BTreeSet<Scope>) -> bool {
    loop {
        match changes.recv().await {
            Ok(changed) if changed.access || !changed.scopes.is_disjoint(scopes) => return true,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return true,
            Err(RecvError::Closed) => return false,
        }
    }
}
