use std::{path::PathBuf, time::Duration};

use serde_json::{Value, json};
use testkit::browser::{CHROMIUM_ARGUMENTS, Driver, axe};
use thirtyfour::{By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement, error::WebDriverResult};

/// How wide the window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A laptop: 1280 pixels.
    Laptop,
    /// A small phone: 360 pixels.
    Phone,
}

impl Width {
    const fn pixels(self) -> u32 {
        match self {
            Self::Laptop => 1280,
            Self::Phone => 360,
        }
    }
}

/// A browser on one page.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    axe: String,
    /// Whether pages are loaded as by a browser that runs no script.
    runs_none: bool,
    // Ends, and the session with it, when this is dropped.
    _process: Driver,
}

impl Browser {
    /// Opens a browser with an empty profile.
    pub async fn open() -> WebDriverResult<Self> {
        let process = Driver::start();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in CHROMIUM_ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        let driver = WebDriver::new(process.address(), capabilities).await?;
        // The session ends with its driver, also when a journey fails: the client's own way waits for minutes then.
        let _ = driver.clone().leak();
        let browser = Self { driver, axe: axe(), runs_none: false, _process: process };
        browser.resize(Width::Laptop).await?;
        Ok(browser)
    }

    /// Opens a browser that reads none of our scripts, as if it had none.
    pub async fn open_without_scripts() -> WebDriverResult<Self> {
        let browser = Self::open().await?;
        let cdp = browser.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.setBlockedURLs", json!({ "urls": ["*.js"] })).await?;
        Ok(browser)
    }

    /// Opens a browser that runs no script of any page. What a journey asks of the page itself is asked all the same.
    pub async fn open_without_any_script() -> WebDriverResult<Self> {
        Ok(Self { runs_none: true, ..Self::open().await? })
    }

    /// Lets the page that is loaded next run scripts or not. Once it is there, they are let run again: what a journey asks, and axe, are
    /// scripts too, and the page has missed its own.
    async fn run_scripts(&self, does: bool) -> WebDriverResult<()> {
        if self.runs_none {
            let params = json!({ "value": !does });
            self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", params).await?;
        }
        Ok(())
    }

    /// The page as HTML.
    pub async fn source(&self) -> WebDriverResult<String> {
        self.driver.source().await
    }

    /// Shows pages as for this medium (`screen`, `print`), and to somebody who set these features.
    pub async fn emulate(&self, medium: &str, features: &[(&str, &str)]) -> WebDriverResult<()> {
        let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let params = json!({ "media": medium, "features": features });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", params).await?;
        Ok(())
    }

    /// The text of the page in the frame that this selector finds.
    pub async fn text_in_frame(&self, css: &str) -> WebDriverResult<String> {
        self.driver.find(By::Css(css)).await?.enter_frame().await?;
        let text = self.driver.execute("return document.body ? document.body.innerText : ''", vec![]).await;
        self.driver.enter_default_frame().await?;
        text?.convert()
    }

    /// Follows a link in a frame.
    pub async fn press_in_frame(&self, css: &str, link: &str) -> WebDriverResult<()> {
        self.driver.find(By::Css(css)).await?.enter_frame().await?;
        let pressed = self.driver.find(By::Css(link)).await?.click().await;
        self.driver.enter_default_frame().await?;
        pressed
    }

    /// Plugs in a device that keeps passkeys, and whose owner always agrees.
    pub async fn plug_in_passkeys(&self) -> WebDriverResult<()> {
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true
        });
        let cdp = self.driver.cdp();
        cdp.send_raw("WebAuthn.enable", json!({})).await?;
        cdp.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await?;
        Ok(())
    }

    /// Cuts the page's connection, or brings it back.
    pub async fn connect(&self, is_connected: bool) -> WebDriverResult<()> {
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        let params = json!({
            "offline": !is_connected, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        cdp.send_raw("Network.emulateNetworkConditions", params).await?;
        Ok(())
    }

    /// Presses these keys, wherever the focus is.
    pub async fn type_keys(&self, keys: &str) -> WebDriverResult<()> {
        self.driver.active_element().await?.send_keys(keys).await
    }

    /// Waits until the page says this, as it stands.
    ///
    /// # Panics
    /// With what it says instead, after ten seconds.
    pub async fn says(&self, text: &str) -> WebDriverResult<()> {
        for _ in 0..100 {
            // Between two pages there is nobody to answer.
            if self.text().await.is_ok_and(|shown| shown.contains(text)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("“{text}” is not said:\n{}", self.text().await?)
    }

    /// Sets the width of the page; of a height as of a laptop's, or a phone's.
    pub async fn resize(&self, width: Width) -> WebDriverResult<()> {
        let params = json!({ "width": width.pixels(), "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", params).await?;
        Ok(())
    }

    /// Goes to an address.
    pub async fn visit(&self, address: &str) -> WebDriverResult<()> {
        self.run_scripts(false).await?;
        self.driver.goto(address).await?;
        self.run_scripts(true).await
    }

    /// The address of the page.
    pub async fn address(&self) -> WebDriverResult<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// The text that people read on the page.
    pub async fn text(&self) -> WebDriverResult<String> {
        // In one step: a page that renews itself leaves none for two.
        self.driver.execute("return document.body.innerText", vec![]).await?.convert()
    }

    /// What this script returns on the page.
    pub async fn asked(&self, script: &str) -> WebDriverResult<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }

    /// The page's one main heading.
    pub async fn heading(&self) -> WebDriverResult<String> {
        self.driver.find(By::Css("h1")).await?.text().await
    }

    /// The field with this label.
    pub async fn field(&self, label: &str) -> WebDriverResult<WebElement> {
        let wanted = format!("//label[contains(normalize-space(.), {})]", quoted(label));
        let id = self.driver.find(By::XPath(wanted)).await?.attr("for").await?.unwrap_or_default();
        self.driver.find(By::Id(id)).await
    }

    /// Writes into the field with this label, in place of what stands there.
    pub async fn fill(&self, label: &str, value: &str) -> WebDriverResult<()> {
        let field = self.field(label).await?;
        if field.attr("type").await?.as_deref() != Some("file") {
            field.clear().await?;
        }
        field.send_keys(value).await
    }

    /// Chooses the radio button or box with this label.
    pub async fn choose(&self, label: &str) -> WebDriverResult<()> {
        let field = self.field(label).await?;
        // The box itself lies beneath its drawing; its label is what people press.
        let id = field.attr("id").await?.unwrap_or_default();
        self.driver.find(By::Css(format!("label[for=\"{id}\"]"))).await?.click().await
    }

    /// Chooses from the list with this label.
    pub async fn select(&self, label: &str, option: &str) -> WebDriverResult<()> {
        let option = format!(".//option[contains(normalize-space(.), {})]", quoted(option));
        self.field(label).await?.find(By::XPath(option)).await?.click().await
    }

    /// Presses the button, or follows the link, with this text, and waits for the page that it leads to.
    pub async fn press(&self, text: &str) -> WebDriverResult<()> {
        let text = quoted(text);
        let wanted =
            format!("//main//button[contains(normalize-space(.), {text})] | //a[contains(normalize-space(.), {text})]");
        self.leave_by(By::XPath(wanted)).await
    }

    /// Presses the button, or follows the link, that this selector finds first, and waits for the page that it leads to.
    ///
    /// # Panics
    /// With what the page says, if there is none.
    pub async fn press_at(&self, css: &str) -> WebDriverResult<()> {
        self.leave_by(By::Css(css)).await
    }

    async fn leave_by(&self, by: By) -> WebDriverResult<()> {
        let Ok(found) = self.driver.find(by.clone()).await else {
            panic!("there is no {by:?} on this page:\n{}", self.text().await?);
        };
        // The mark goes with the page: without it, and read to its end, the page is another one.
        self.driver.execute("window.waymarkLeaving = true", vec![]).await?;
        self.run_scripts(false).await?;
        found.click().await?;
        self.run_scripts(true).await?;
        for _ in 0..100 {
            let arrived = "return !window.waymarkLeaving && document.readyState === 'complete'";
            let answer = self.driver.execute(arrived, vec![]).await.and_then(|answer| answer.convert::<bool>());
            // Between two pages there is nobody to answer.
            if answer.unwrap_or(false) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{by:?} leads nowhere:\n{}", self.text().await?)
    }

    /// Unfolds what stands under this summary.
    pub async fn unfold(&self, summary: &str) -> WebDriverResult<()> {
        let wanted = format!("//summary[contains(normalize-space(.), {})]", quoted(summary));
        self.driver.find(By::XPath(wanted)).await?.click().await
    }

    /// On how many sheets the page prints.
    pub async fn printed_sheets(&self) -> WebDriverResult<u64> {
        let options = json!({ "preferCSSPageSize": true, "printBackground": true });
        let printed = self.driver.cdp().send_raw("Page.printToPDF", options).await?;
        let count = "return (atob(arguments[0]).match(/\\/Type\\s*\\/Page[^s]/g) || []).length";
        let sheets = self.driver.execute(count, vec![printed["data"].clone()]).await?;
        Ok(sheets.json().as_u64().unwrap_or_default())
    }

    /// Goes back, as with the browser's own button.
    pub async fn back(&self) -> WebDriverResult<()> {
        self.driver.back().await
    }

    /// Waits until the page says this, looking at it afresh.
    ///
    /// # Panics
    /// With what it says instead, after half a minute.
    pub async fn until(&self, text: &str) -> WebDriverResult<()> {
        for _ in 0..100 {
            // While the page renews itself there may be no text.
            if self.text().await.is_ok_and(|said| said.contains(text)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
            self.driver.refresh().await?;
        }
        panic!("“{text}” is not said:\n{}", self.text().await?)
    }

    /// Goes to an address and looks at the page closely: see [`Browser::examine`].
    pub async fn visit_and_check_axe(&self, address: &str, name: &str) -> WebDriverResult<()> {
        self.visit(address).await?;
        self.examine(name).await
    }

    /// Looks at the page as it is at both widths: axe finds nothing, nothing sticks out sideways, and a picture of it is kept
    /// under `name` in `target/pages`.
    ///
    /// # Panics
    /// With what axe found, or by how much the page is too wide.
    pub async fn examine(&self, name: &str) -> WebDriverResult<()> {
        for width in [Width::Laptop, Width::Phone] {
            self.resize(width).await?;
            self.keep_picture(&format!("{name}-{}", width.pixels())).await?;
            let wide =
                self.driver.execute("return document.documentElement.scrollWidth", vec![]).await?.convert::<u32>()?;
            assert!(wide <= width.pixels(), "{name}: {wide} pixels wide in a window of {}", width.pixels());
            let barriers = self.barriers().await?;
            assert!(barriers.is_empty(), "{name} at {} pixels:\n{}", width.pixels(), barriers.join("\n"));
        }
        self.resize(Width::Laptop).await
    }

    /// What axe finds, one line for each place.
    async fn barriers(&self) -> WebDriverResult<Vec<String>> {
        // Through the devtools, which the page's content security policy does not bind; so the policy stays as it is.
        let expression = format!("{}; axe.run().then(found => JSON.stringify(found.violations))", self.axe);
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.driver.cdp().send_raw("Runtime.evaluate", params).await?;
        let text = answer["result"]["value"].as_str().unwrap_or_else(|| panic!("axe did not run: {answer}"));
        let violations: Vec<Value> = serde_json::from_str(text)?;
        let mut lines = Vec::new();
        for violation in &violations {
            for node in violation["nodes"].as_array().into_iter().flatten() {
                lines.push(format!("{}: {} at {}", violation["id"], violation["help"], node["target"]));
            }
        }
        Ok(lines)
    }

    /// A picture of the whole page.
    async fn keep_picture(&self, name: &str) -> WebDriverResult<()> {
        let params = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.driver.cdp().send_raw("Page.captureScreenshot", params).await?;
        let folder = pictures();
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.png")), decoded(answer["data"].as_str().unwrap_or_default()))?;
        Ok(())
    }
}

/// Where pictures are kept: `pages` in the folder of built files.
fn pictures() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows itself");
    test.ancestors().nth(3).expect("tests lie in target/…/deps").join("pages")
}

/// A text as XPath writes it.
fn quoted(text: &str) -> String {
    if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") }
}

/// Bytes from base64.
fn decoded(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0);
    for value in text.bytes().filter_map(|byte| LETTERS.iter().position(|&letter| letter == byte)) {
        held = held << 6 | value as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}
