//! A static server for the built site, at the root and under a sub-path.

use std::net::Ipv4Addr;
use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, header::CACHE_CONTROL};
use axum::middleware::map_response;
use axum::response::Response;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use super::{SUB_PATH, TestResult};

/// Serves a folder on a free port until the test is over, and hands back
/// where, such as `http://127.0.0.1:40000`.
pub async fn start(dist: &Path) -> TestResult<String> {
    if !dist.join("index.html").is_file() {
        return Err(format!("{} is empty, run `cargo xtask dist`", dist.display()).into());
    }
    let site = Router::new()
        .nest_service(SUB_PATH, ServeDir::new(dist))
        .fallback_service(ServeDir::new(dist))
        .layer(map_response(never_cached));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, site).await });
    Ok(format!("http://{address}"))
}

async fn never_cached(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
