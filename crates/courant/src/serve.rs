//! `courant serve`: opens the database, starts the threads, listens, and ends cleanly.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use site::Publication;
use store::{Chance, Database, OpenOptions, Writer};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use web::workers::Workers;

use crate::config;
use crate::config::ServeArgs;
use crate::front::Front;
use crate::lenient::LenientListener;
use crate::newsroom::{Bell, Newsroom};
use crate::patience::Places;
use crate::timetable::{self, Timetable};

/// Requests that may wait for a render thread; more are told to come again.
const QUEUE: usize = 1024;
/// How long requests that are being answered may take after the order to stop.
const GRACE: Duration = Duration::from_secs(10);

/// The address where the server listens: taken before all else is made ready, so that it cannot be lost meanwhile.
/// Who connects early waits.
pub struct Listening {
    runtime: Runtime,
    listener: TcpListener,
    /// With the port that the system chose if any would do.
    pub address: SocketAddr,
}

impl Listening {
    /// Takes the address; port 0 is any that is free.
    ///
    /// Errors: a sentence with the address that cannot be had.
    pub fn start(wanted: SocketAddr) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(n_threads())
            .enable_all()
            .build()
            .map_err(|error| format!("no runtime: {error}"))?;
        let refused =
            |error| format!("cannot listen on {wanted}: {error}; choose another address with --listen");
        let listener = runtime.block_on(TcpListener::bind(wanted)).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok(Listening { runtime, listener, address })
    }
}

/// Serves until it is told to stop.
pub fn run(args: ServeArgs) -> Result<(), String> {
    let listening = Listening::start(config::gather(&args)?.listen)?;
    // Gathered anew with the port that it got: the publication's own address may be made of it.
    let args = ServeArgs { listen: Some(listening.address), ..args };
    serve(config::gather(&args)?, listening, Router::new(), |_| {})
}

/// Serves the publication, with `more` addresses beside its own; `ready` hears its address once it answers.
pub fn serve(
    settings: config::Settings,
    listening: Listening,
    more: Router,
    ready: impl FnOnce(&str),
) -> Result<(), String> {
    start_log();
    let database =
        Database::open(&settings.database, &OpenOptions::default()).map_err(|error| error.to_string())?;
    if let Some(reason) = database.read_only() {
        tracing::warn!(database = %settings.database.display(), "{reason}");
    }
    let readers = database.readers(n_threads()).map_err(|error| error.to_string())?;
    let publication = Arc::new(Publication::new(settings.options));
    let observed = Arc::clone(&publication);
    let changes = database.changes().clone();
    let bell = Bell::default();
    let ringing = bell.clone();
    let writer = Writer::start(&database, Chance::of_system(), move |changed| {
        observed.cache.clear(changes.number());
        ringing.ring(changed);
    })
    .map_err(|error| error.to_string())?;
    let writer = Arc::new(writer);
    // A theme or a setting that cannot be used is said before the first reader finds out.
    if let Some(first) = readers.first() {
        let snapshot = first.snapshot().map_err(|error| error.to_string())?;
        let state = publication.state(&snapshot).map_err(|error| error.to_string())?;
        // Ghost serves such a theme, too, once it is active; it only would not let it in anew.
        let fatal = |finding: &theme::check::Finding| finding.level == theme::check::Level::Fatal;
        for finding in theme::check::check(&state.theme_folder).iter().filter(|finding| fatal(finding)) {
            tracing::warn!(theme = %state.theme_folder.display(), "{finding}");
        }
        if let Err(fault) = &state.theme
            && fault.is_missing
            && !publication.options.dev
        {
            let folder = state.theme_folder.display();
            return Err(format!(
                "the active theme is not there: {folder}; put the theme into that folder, or name another one in the \
                 setting active_theme"
            ));
        }
    }
    let timetable = match database.is_writable() {
        true => {
            let site = publication.options.site.clone();
            let timetable =
                Timetable::new(&database, Arc::clone(&writer), site).map_err(|error| error.to_string())?;
            Some(timetable::start(timetable).map_err(|error| format!("no thread: {error}"))?)
        }
        false => None,
    };
    let newsroom = Newsroom::start(
        bell,
        Arc::clone(&publication),
        (&database, Arc::clone(&writer)),
        settings.archive.as_deref(),
        settings.model.filter(|_| settings.proposes_unasked),
    )?;
    let workers = Workers::start(readers, QUEUE).map_err(|error| format!("no threads: {error}"))?;
    let front = Front::new(publication, workers, Arc::clone(&writer), settings.trusted_proxies);
    let Listening { runtime, listener, address } = listening;
    let outcome = runtime.block_on(async move {
        let url = front.publication().options.site.as_str().to_owned();
        tracing::info!(listen = %address, url, "serving");
        ready(&url);
        let service = front.service().merge(more).into_make_service_with_connect_info::<SocketAddr>();
        // Tapped for nothing but the address: see `LenientListener`.
        let listener = LenientListener::new(listener, Places::of_process()).tap_io(|_| {});
        axum::serve(listener, service)
            .with_graceful_shutdown(stop_signal())
            .await
            .map_err(|error| format!("serving: {error}"))
    });
    runtime.shutdown_timeout(GRACE);
    drop(timetable);
    newsroom.stop();
    drop(writer);
    tracing::info!("stopped");
    outcome
}

/// Threads of each kind: those that read requests, and those that render.
fn n_threads() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 16)
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("COURANT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,tantivy=warn"));
    // A second call (tests) finds a log already: that one goes on.
    drop(
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_target(false)
            // It would say on standard error that standard error is closed, and panic at that.
            .log_internal_errors(false)
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .with_writer(std::io::stderr)
            .try_init(),
    );
}

/// Ends when the process is asked to stop.
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    tracing::info!("stopping: requests under way are answered first");
}
