//! The asynchronous front: reads requests, asks the page cache, gives the rest to the render threads, finishes answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use model::Reader;
use model::edit::Actor;
use site::Publication;
use site::cache::{Lookup, Permit};
use site::origin::Origin;
use site::visit::Visit;
use store::writer::Answer;
use store::{Act, ActError, ReadConnection, Writer, acts};
use tokio::sync::oneshot;
use web::exchange::respond;
use web::finish::Finished;
use web::workers::Workers;
use web::{Request, Response};

use crate::{kept, proxies, subdirectory};

/// Largest body that is read, in bytes; nothing that is served yet takes more than a form.
const MOST_BODY: usize = 1024 * 1024;
/// A page that tells how long ago something was is made anew after so long.
const CLOCK_PAGE: std::time::Duration = std::time::Duration::from_secs(60);

/// A number that a proxy gives a request, to find it again in several logs.
const REQUEST_ID: &str = "x-request-id";
/// How long a reader waits for a picture to be made; then the original has to do.
const PICTURE: std::time::Duration = std::time::Duration::from_secs(30);

/// What every request needs.
#[derive(Clone)]
pub struct Front(Arc<Shared>);

struct Shared {
    publication: Arc<Publication>,
    workers: Workers<ReadConnection>,
    writer: Arc<Writer>,
    key_failures: web::Failures,
    trusted_proxies: Vec<ipnet::IpNet>,
}

impl Front {
    /// A front over render threads and the writer.
    pub fn new(
        publication: Arc<Publication>,
        workers: Workers<ReadConnection>,
        writer: Arc<Writer>,
        trusted_proxies: Vec<ipnet::IpNet>,
    ) -> Self {
        let key_failures = web::Failures::default();
        Front(Arc::new(Shared { publication, workers, writer, key_failures, trusted_proxies }))
    }

    /// What is served.
    pub fn publication(&self) -> &Publication {
        &self.0.publication
    }

    /// The service to listen with.
    pub fn service(self) -> Router {
        Router::new().fallback(handle).with_state(self)
    }

    /// The answer with what is said to the asking browser alone, so that it is no part of a kept page.
    async fn answer(&self, request: Request) -> Response {
        let origin = match Origin::of(&request, &self.0.publication.options) {
            Origin::Allowed(origin) => Some(origin),
            Origin::Other | Origin::Broken => None,
        };
        let is_options = request.method == Method::OPTIONS;
        let id = request.headers.get(REQUEST_ID).cloned();
        let in_api = request.path.contains("/ghost/api/");
        let mut response = self.answer_anybody(request).await;
        let headers = response.headers_mut();
        if let Some(id) = id {
            headers.insert(REQUEST_ID, id);
        }
        if !in_api && (origin.is_some() || is_options) {
            headers.append(http::header::VARY, HeaderValue::from_static("Origin"));
        }
        if let Some(origin) = origin.filter(|_| !in_api) {
            headers.insert(http::header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            let allow = http::header::ACCESS_CONTROL_ALLOW_CREDENTIALS;
            headers.insert(allow, HeaderValue::from_static("true"));
        }
        response
    }

    async fn answer_anybody(&self, mut request: Request) -> Response {
        let site = &self.0.publication.options.site;
        let folder = site.subdirectory();
        if request.path == "/.courant/health" {
            return self.health(&request).await;
        }
        if site.as_str().starts_with("https:") && !request.secure {
            return Finished::new(to_https(&request, site)).answer(&request, false);
        }
        match subdirectory::inside(&request, folder) {
            Ok(path) => request.path = path,
            Err(response) => return Finished::new(*response).answer(&request, false),
        }
        let options = &self.0.publication.options;
        let key =
            kept::of_anybody(&request).filter(|_| !options.dev && !Origin::is_broken(&request, options));
        let Some(key) = key else { return self.make(request, None).await };
        for _ in 0..2 {
            match self.0.publication.cache.lookup(&key) {
                Lookup::Hit(page) => return page.answer(&request, true),
                Lookup::Wait(mut done) => {
                    // Closed or changed: either way, look again.
                    drop(done.changed().await);
                }
                Lookup::Make(permit) => return self.make(request, Some(permit)).await,
            }
        }
        // Whoever was waited for made a page that is not kept: the next one must not wait in line for it.
        self.make(request, None).await
    }

    /// Answers whether the database can be read.
    async fn health(&self, request: &Request) -> Response {
        let (sender, receiver) = oneshot::channel();
        let asked = self.0.workers.run(move |reader| {
            let _ = sender.send(reader.snapshot().is_ok());
        });
        let healthy = asked.is_ok() && receiver.await == Ok(true);
        let (status, text) =
            if healthy { (StatusCode::OK, "ok\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "database\n") };
        Finished::new(respond(status, "text/plain; charset=utf-8", text)).answer(request, false)
    }

    /// Has a render thread answer, and keeps the page where `permit` allows it.
    ///
    /// A picture that is yet to be made is made aside, so that it keeps no render thread from readers of pages; then it
    /// is asked for once more.
    async fn make(&self, request: Request, permit: Option<Permit>) -> Response {
        let request = Arc::new(request);
        match self.render(&request, permit).await {
            Ok((response, None)) if response.status() == StatusCode::CREATED => {
                self.unsubscribe(&request).await.err().map_or(response, failure)
            }
            Ok((response, None)) => {
                if response.status() == StatusCode::FOUND {
                    self.note_click(&request);
                }
                response
            }
            Ok((response, Some(picture))) => {
                let (sender, receiver) = oneshot::channel();
                let asked = self.0.publication.pictures.make(picture, move || {
                    let _ = sender.send(());
                });
                let made = match asked {
                    Ok(()) => tokio::time::timeout(PICTURE, receiver).await.is_ok(),
                    Err(media::Busy) => false,
                };
                if !made {
                    return response;
                }
                self.render(&request, None).await.map_or_else(failure, |(response, _)| response)
            }
            Err(status) => failure(status),
        }
    }

    /// Has it noted that a member opened a link of a letter. Her answer does not wait for it.
    fn note_click(&self, request: &Request) {
        let Some((path, uuid)) = site::onward::click(request) else { return };
        let Some(state) = self.0.publication.known_state() else { return };
        let path = path.to_owned();
        let act = Act { by: Actor::System, at: Timestamp::now(), site: state.facts.site.clone() };
        let zone = state.facts.zone.clone();
        let noted: Answer<bool, ActError> =
            self.0.writer.write(move |tx| acts::clicks::opened(tx, &act, &zone, (&path, &uuid)));
        tokio::spawn(async move {
            if let Err(error) = noted.await {
                tracing::warn!(%error, "it was not noted that a member opened a link");
            }
        });
    }

    /// Ends the letters that the request names, once it was found to be right.
    async fn unsubscribe(&self, request: &Request) -> Result<(), StatusCode> {
        let Some(wish) = site::unsubscribe::wish(request) else { return Ok(()) };
        let site = self.0.publication.options.site.clone();
        let act = Act { by: Actor::System, at: Timestamp::now(), site };
        let done: Result<bool, ActError> = self
            .0
            .writer
            .write(move |tx| acts::unsubscribe::unsubscribe(tx, &act, &wish.uuid, &wish.letters))
            .await;
        done.map(drop).map_err(|error| {
            tracing::error!(%error, "letters were not ended as a member asked");
            StatusCode::INTERNAL_SERVER_ERROR
        })
    }

    /// Has a render thread answer; with the answer a picture that would be a better one, were it made.
    async fn render(
        &self,
        request: &Arc<Request>,
        permit: Option<Permit>,
    ) -> Result<(Response, Option<media::Wanted>), StatusCode> {
        let (sender, receiver) = oneshot::channel();
        let shared = Arc::clone(&self.0);
        let request = Arc::clone(request);
        self.0
            .workers
            .run(move |reader| {
                let answer = shared.render(reader, &request, permit);
                drop(sender.send(answer));
            })
            .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        receiver.await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl Shared {
    fn render(
        &self,
        connection: &ReadConnection,
        request: &Request,
        permit: Option<Permit>,
    ) -> (Response, Option<media::Wanted>) {
        match self.answered(connection, request, permit) {
            Ok(answer) => answer,
            Err(message) => {
                tracing::error!(path = request.path, "{message}");
                (failure(StatusCode::INTERNAL_SERVER_ERROR), None)
            }
        }
    }

    fn answered(
        &self,
        connection: &ReadConnection,
        request: &Request,
        permit: Option<Permit>,
    ) -> Result<(Response, Option<media::Wanted>), String> {
        let now = Timestamp::now();
        let snapshot = connection.snapshot().map_err(|error| error.to_string())?;
        let state = self.publication.state(&snapshot).map_err(|error| error.to_string())?;
        if is_in_api(request) {
            let response = api::answer(
                request,
                &state.facts,
                (&snapshot, &self.publication.desk),
                now,
                &self.key_failures,
            );
            return Ok((Finished::new(response).answer(request, false), None));
        }
        let reader = reader(request, &state, &snapshot, now)?;
        let mut permit = permit;
        if permit.is_none()
            && !self.publication.options.dev
            && !Origin::is_broken(request, &self.publication.options)
            && let Some(key) = kept::of_member(request, &reader)
        {
            match self.publication.cache.lookup(&key) {
                Lookup::Hit(page) => return Ok((page.answer(request, true), None)),
                // A render thread waits for nobody.
                Lookup::Wait(_) => {}
                Lookup::Make(right) => permit = Some(right),
            }
        }
        let visit = Visit {
            publication: &self.publication,
            state: &state,
            snapshot: &snapshot,
            request,
            reader: &reader,
            shows_member: true,
            now,
        };
        let made = visit.answer();
        let finished = Arc::new(Finished::new(made.response));
        let mut answer = finished.answer(request, false);
        if let Some(permit) = permit.filter(|_| made.keep && answer.status() == StatusCode::OK) {
            let until = made.clock.then(|| Instant::now() + CLOCK_PAGE);
            permit.keep(finished, snapshot.change(), until);
        }
        if reader == Reader::Anonymous {
            web::identity::forget_member(request, &mut answer);
        }
        Ok((answer, made.picture))
    }
}

/// Whether the request is for the Content API.
fn is_in_api(request: &Request) -> bool {
    request.path.split_at_checked(api::BASE.len()).is_some_and(|(front, rest)| {
        front.eq_ignore_ascii_case(api::BASE) && (rest.is_empty() || rest.starts_with('/'))
    })
}

/// Who reads: the member whose cookie the request carries, or nobody we know.
fn reader(
    request: &Request,
    state: &site::publication::State,
    snapshot: &store::Snapshot<'_>,
    now: Timestamp,
) -> Result<Reader, String> {
    let secret = state.facts.settings.text("theme_session_secret");
    let Some(id) = secret.and_then(|secret| web::identity::member_transient_id(request, secret)) else {
        return Ok(Reader::Anonymous);
    };
    let member = store::members::by_transient_id(snapshot, id, now).map_err(|error| error.to_string())?;
    Ok(member.map_or(Reader::Anonymous, Reader::Member))
}

/// Sends a reader who came by plain http to https, on the host that she asked for.
fn to_https(request: &Request, site: &model::SiteUrl) -> Response {
    let own = site.as_str().trim_start_matches("https://").split('/').next().unwrap_or_default();
    let host =
        request.header(http::header::HOST).filter(|host| !host.contains(['/', '\\', '@'])).unwrap_or(own);
    let mut location = format!("https://{host}{}", request.path);
    let last = request.path.rsplit('/').next().unwrap_or_default();
    if !last.is_empty() && !last.contains('.') {
        location.push('/');
    }
    if let Some(query) = &request.query {
        location.push('?');
        location.push_str(query);
    }
    web::exchange::redirect(StatusCode::MOVED_PERMANENTLY, &location, "public, max-age=31536000")
}

/// The answer when there can be no other.
fn failure(status: StatusCode) -> Response {
    let text = match status {
        StatusCode::SERVICE_UNAVAILABLE => "The site is busy. Please try again in a moment.\n",
        _ => "The server has encountered an error.\n",
    };
    let mut response = respond(status, "text/plain; charset=utf-8", text);
    response.headers_mut().insert(http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn handle(
    State(front): State<Front>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: axum::extract::Request,
) -> http::Response<Body> {
    let begun = Instant::now();
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MOST_BODY).await else {
        return failure(StatusCode::PAYLOAD_TOO_LARGE).map(Body::from);
    };
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let parts_headers = parts.headers;
    let request = Request {
        client: Some(proxies::client(client.ip(), &parts_headers, &front.0.trusted_proxies)),
        secure: proxies::came_by_https(&parts_headers),
        method: parts.method,
        path: path.clone(),
        query: parts.uri.query().map(str::to_owned),
        headers: parts_headers,
        body,
    };
    let response = front.answer(request).await;
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    // One line a request. No query, no address, no browser: nothing of the person.
    tracing::info!(%method, path, status = response.status().as_u16(), bytes = response.body().len(), micros);
    response.map(|body: Bytes| Body::from(body))
}
