//! The dashboard by https, through a proxy as in front of a deployed server.

use std::io::{Read, Write};
use std::net::TcpStream;

use e2e::{Page, Result, Server, Simulation, TlsProxy, wait_until_equal};

/// The headers that tell the browser what the page may do.
const SECURITY: [&str; 6] = [
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
];

/// The security headers of the server's own answer for the page, as `name: value`.
fn sent_headers(server: &Server) -> Result<Vec<String>> {
    let mut stream = TcpStream::connect(server.address())?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: dashboard\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let lines = answer.lines().take_while(|line| !line.is_empty());
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let mut headers: Vec<String> = pairs
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| SECURITY.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    headers.sort();
    Ok(headers)
}

#[tokio::test]
async fn by_https_the_dashboard_works_offline_once_loaded() -> Result {
    let server = Server::start_shipped()?;
    let proxy = TlsProxy::start(&server).await?;
    let page = Page::visit_with(&[proxy.trust()], &proxy.url()).await?;
    page.wait_until_ready().await?;
    let context = "return ['serviceWorker' in navigator, isSecureContext].map(String)";
    assert_eq!(page.eval_async(context).await?, ["true", "true"]);
    let script = "const { headers } = await fetch('/', { cache: 'no-store' });
        return [...headers].map(([name, value]) => `${name}: ${value}`).sort()";
    let mut received = page.eval_async(script).await?;
    received.retain(|line| SECURITY.iter().any(|name| line.starts_with(name)));
    assert_eq!(received.len(), SECURITY.len(), "{received:?}");
    assert_eq!(received, sent_headers(&server)?);
    page.wait_for_offline_copy().await?;
    drop(server);

    page.reload().await?;
    page.wait_for_status("Offline: shown from this browser's copy.")
        .await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edited = Simulation::run_shipped(&["--set", "9.monthly_cost=449"])?;
    wait_until_equal("the edit's figures", edited.choosers(), async || {
        page.choosers().await
    })
    .await?;
    page.finish().await
}
