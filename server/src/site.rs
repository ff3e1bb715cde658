//! The site: the built bundle as browsers ask for it, from a folder or from inside the binary.
//!
//! Only a navigation is ever answered with the page. A missing file is a 404: a page in the place
//! of a chunk would be kept by the service worker and break the application for good.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Where the bundle's files are.
#[derive(Clone, Debug)]
pub enum Site {
    /// As `cargo xtask site` leaves them.
    Folder(PathBuf),
    /// Inside this binary, as `cargo xtask dist` builds it.
    #[cfg(feature = "embed")]
    Embedded,
}

impl Site {
    /// The site inside the binary, else the one `cargo xtask site` left beside it, if there is any.
    pub fn found() -> Option<Self> {
        #[cfg(feature = "embed")]
        return Some(Self::Embedded);
        #[cfg(not(feature = "embed"))]
        {
            let binary = std::env::current_exe().ok()?;
            let folder = binary.parent()?.parent()?.join("site");
            folder.join(PAGE).is_file().then_some(Self::Folder(folder))
        }
    }

    async fn read(&self, path: &str) -> Option<Bytes> {
        match self {
            Self::Folder(root) => tokio::fs::read(root.join(path)).await.ok().map(Bytes::from),
            #[cfg(feature = "embed")]
            Self::Embedded => embedded::read(path),
        }
    }
}

#[cfg(feature = "embed")]
mod embedded {
    //! The files of `GUANXI_SITE_DIR` at build time.

    use axum::body::Bytes;
    use rust_embed::RustEmbed;

    /// Named by the build, so that cargo builds again when the bundle has changed.
    const _BUNDLE: &str = env!("GUANXI_SITE_HASH");

    #[derive(RustEmbed)]
    #[folder = "$GUANXI_SITE_DIR"]
    struct Files;

    pub fn read(path: &str) -> Option<Bytes> {
        Files::get(path).map(|file| Bytes::from_owner(file.data))
    }
}

const PAGE: &str = "index.html";

/// Paths that belong to the server's own routes: no page is ever shown there.
const RESERVED: [&str; 5] = ["pkg", "api", "sync", "auth", "files"];

/// Allows what the bundle needs and nothing else; see `SECURITY.md` for each part.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

/// Answers everything no other route answers: files of the bundle, and the page for navigations.
pub fn router(site: Site) -> Router {
    Router::new().fallback(serve).with_state(Arc::new(site))
}

/// Puts the security headers on every response; for `axum::middleware::map_response`.
/// A route that needs a stricter content-security policy (a download) sets its own.
pub async fn security_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn serve(State(site): State<Arc<Site>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return not_found();
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = file_name(path)
        && let Some(response) = send(&site, file, &headers).await
    {
        return response;
    }
    if is_navigation(path, &headers)
        && let Some(response) = send(&site, PAGE, &headers).await
    {
        return response;
    }
    not_found()
}

/// The file a path names. The bundle's names are plain ASCII, so nothing is ever decoded, and what
/// is not plain names no file.
fn file_name(path: &str) -> Option<&str> {
    if path.is_empty() {
        return Some(PAGE);
    }
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_');
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)).then_some(path)
}

fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let mut parts = path.split('/');
    let reserved = parts.next().is_some_and(|first| RESERVED.contains(&first));
    let names_a_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let wants_a_page =
        headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    wants_a_page && !reserved && !names_a_file
}

/// The file in the smallest form the browser takes, or only "unchanged" where it has it already.
async fn send(site: &Site, path: &str, asked: &HeaderMap) -> Option<Response> {
    let (bytes, coding) = smallest(site, path, asked).await?;
    let tag = entity_tag(&bytes);
    let known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|list| list.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(bytes).into_response() };
    let headers = response.headers_mut();
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    let caching = if path.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).ok()?);
    Some(response)
}

async fn smallest(site: &Site, path: &str, asked: &HeaderMap) -> Option<(Bytes, Option<&'static str>)> {
    for (coding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if accepts(asked, coding)
            && let Some(bytes) = site.read(&format!("{path}.{suffix}")).await
        {
            return Some((bytes, Some(coding)));
        }
    }
    site.read(path).await.map(|bytes| (bytes, None))
}

fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>() == Ok(0.0));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn entity_tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "Not found\n").into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    /// A site of three files in a folder that goes away with it.
    struct Sample(PathBuf);

    impl Sample {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("guanxi-site-{name}-{}", std::process::id()));
            std::fs::create_dir_all(root.join("pkg/1f")).unwrap();
            std::fs::write(root.join("index.html"), "<!doctype html>").unwrap();
            std::fs::write(root.join("pkg/1f/app.js"), "plain").unwrap();
            std::fs::write(root.join("pkg/1f/app.js.br"), "brotli").unwrap();
            std::fs::write(root.join("pkg/1f/app.js.gz"), "gzip").unwrap();
            Self(root)
        }

        async fn get(&self, path: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, HeaderMap, String) {
            let mut request = Request::get(path);
            for (name, value) in headers {
                request = request.header(name, *value);
            }
            let router = router(Site::Folder(self.0.clone())).layer(axum::middleware::map_response(security_headers));
            let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
            (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
        }
    }

    impl Drop for Sample {
        fn drop(&mut self) {
            _ = std::fs::remove_dir_all(&self.0);
        }
    }

    const BROWSER: (HeaderName, &str) = (header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");

    #[tokio::test]
    async fn every_address_of_the_application_shows_the_page() {
        let site = Sample::new("page");
        for path in ["/", "/index.html", "/staff/customers/9", "/portal"] {
            let (status, headers, body) = site.get(path, &[BROWSER]).await;
            assert_eq!((status, body.as_str()), (StatusCode::OK, "<!doctype html>"), "{path}");
            assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
            assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
        }
    }

    #[tokio::test]
    async fn a_missing_file_is_never_answered_with_the_page() {
        let site = Sample::new("missing");
        for path in ["/pkg/old/split_staff.wasm", "/pkg/old", "/api/v9", "/sync", "/auth/x", "/files/1", "/a.png"] {
            assert_eq!(site.get(path, &[BROWSER]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let fetch = (header::ACCEPT, "*/*");
        assert_eq!(site.get("/staff/customers", &[fetch]).await.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn no_path_leaves_the_folder() {
        let site = Sample::new("escape");
        for path in ["/../Cargo.toml", "/pkg/../index.html", "/%2e%2e/x", "/.hidden", "/pkg//1f/app.js", "/pkg/1f\\app.js"] {
            assert_eq!(site.get(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn the_smallest_accepted_form_is_sent() {
        let site = Sample::new("forms");
        for (accepted, body) in
            [("gzip, deflate, br, zstd", "brotli"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", "plain")]
        {
            let got = site.get("/pkg/1f/app.js", &[(header::ACCEPT_ENCODING, accepted)]).await;
            assert_eq!(got.2, body, "{accepted}");
            assert_eq!(got.1[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert_eq!(got.1[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        }
    }

    #[tokio::test]
    async fn a_page_the_browser_has_is_not_sent_again() {
        let site = Sample::new("unchanged");
        let first = site.get("/", &[]).await;
        let tag = first.1[header::ETAG].to_str().unwrap().to_owned();
        let again = site.get("/", &[(header::IF_NONE_MATCH, &tag)]).await;
        assert_eq!((again.0, again.2.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }

    #[tokio::test]
    async fn refusals_carry_the_security_headers_too() {
        let site = Sample::new("headers");
        let (status, headers, _) = site.get("/api/none", &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
    }
}
