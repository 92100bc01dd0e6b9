//! The examination itself: it must see what it is there to see.

use e2e::Browser;

const SOUND: &str = "data:text/html,<!doctype html><html lang=en><title>Sound</title>\
    <meta name=viewport content=width=device-width><main><h1>Sound</h1><p>Nothing to find here.</p></main>";

#[tokio::test]
async fn a_sound_page_passes() {
    let browser = Browser::open().await.unwrap();
    browser.visit_and_check_axe(SOUND, "examine-sound").await.unwrap();
}

#[tokio::test]
#[should_panic(expected = "image-alt")]
async fn a_picture_without_a_text_is_found() {
    let browser = Browser::open().await.unwrap();
    let page = SOUND.replace("</main>", "<img src=data:,></main>");
    let _ = browser.visit_and_check_axe(&page, "examine-picture").await;
}

#[tokio::test]
#[should_panic(expected = "pixels wide in a window of 360")]
async fn a_page_too_wide_for_a_phone_is_found() {
    let browser = Browser::open().await.unwrap();
    let page = SOUND.replace("<p>", "<p style=width:600px>");
    let _ = browser.visit_and_check_axe(&page, "examine-wide").await;
}
