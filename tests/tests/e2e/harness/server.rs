//! Static servers: for the built site, and for the sites of others that it is a part of.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use super::{SUB_PATH, TestResult, required_path};

/// A server that is not yet started. It says of each file its type and when it changed, and
/// answers for its own origin only, as static servers do that nobody has configured.
pub struct Server {
    routes: Router,
    headers: HeaderMap,
    requests: Requests,
}

impl Server {
    /// A server with nothing on it, whose files a browser keeps for a while.
    pub fn new() -> Self {
        let (routes, headers, requests) = Default::default();
        Self { routes, headers, requests }.header(CACHE_CONTROL, "public, max-age=600")
    }

    /// A server with the built site at its root and under [`SUB_PATH`], of which a browser keeps
    /// nothing.
    ///
    /// # Errors
    /// When the site is not built.
    pub fn with_the_site() -> TestResult<Self> {
        Ok(Self::new().root(&dist()?).site(SUB_PATH)?.header(CACHE_CONTROL, "no-store"))
    }

    /// A server with a site of `examples/`, by its folder's name, and the playground where that
    /// expects it.
    ///
    /// # Errors
    /// When either is not built.
    pub fn with_host(name: &str) -> TestResult<Self> {
        let site = required_path("GIL_HOSTS")?.join(name);
        if !site.is_dir() {
            return Err(format!("{} is not built, see above", site.display()).into());
        }
        Self::new().root(&site).site("/gil/")
    }

    /// Serves a folder where no other path fits.
    pub fn root(mut self, folder: &Path) -> Self {
        self.routes = self.routes.fallback_service(ServeDir::new(folder));
        self
    }

    /// Serves a folder under a path that begins and ends with a slash.
    pub fn folder(mut self, path: &str, folder: &Path) -> Self {
        self.routes = self.routes.nest_service(path, ServeDir::new(folder));
        self
    }

    /// Serves the built site under a path that begins and ends with a slash.
    ///
    /// # Errors
    /// When the site is not built.
    pub fn site(self, path: &str) -> TestResult<Self> {
        Ok(self.folder(path, &dist()?))
    }

    /// Serves a page.
    pub fn page(mut self, path: &str, html: &str) -> Self {
        let html = html.to_owned();
        self.routes = self.routes.route(path, get(async || Html(html)));
        self
    }

    /// Sends a header with every answer, in place of an earlier one of the name.
    pub fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }

    /// What the server will have been asked for.
    pub fn requests(&self) -> Requests {
        self.requests.clone()
    }

    /// Serves on a free port until the test is over, and hands back where, such as
    /// `http://127.0.0.1:40000`.
    pub async fn start(self) -> TestResult<String> {
        let Self { routes, headers, requests } = self;
        let site = routes.layer(from_fn_with_state((headers, requests), answer));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, site).await });
        Ok(format!("http://{address}"))
    }
}

/// Notes what is asked for, and adds the server's headers to the answer.
async fn answer(
    State((headers, requests)): State<(HeaderMap, Requests)>,
    request: Request,
    next: Next,
) -> Response {
    requests.note(&request);
    let mut response = next.run(request).await;
    response.headers_mut().extend(headers);
    response
}

/// The folder of the built site.
///
/// # Errors
/// When the site is not built.
pub fn dist() -> TestResult<PathBuf> {
    let dist = required_path("GIL_DIST")?;
    if !dist.join("index.html").is_file() {
        return Err(format!("{} is empty, run `cargo xtask dist`", dist.display()).into());
    }
    Ok(dist)
}

/// The paths that a server was asked for, in order, with their queries.
#[derive(Clone, Default)]
pub struct Requests(Arc<Mutex<Vec<String>>>);

impl Requests {
    /// All of them.
    pub fn all(&self) -> Vec<String> {
        self.lock().clone()
    }

    /// How many there were for paths that end like this, whatever their query.
    pub fn count(&self, end: &str) -> usize {
        let path = |request: &String| request.split('?').next().unwrap_or_default().to_owned();
        self.lock().iter().filter(|request| path(request).ends_with(end)).count()
    }

    fn note(&self, request: &Request) {
        let path = request.uri().path_and_query().map_or("", |path| path.as_str());
        self.lock().push(path.to_owned());
    }

    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
