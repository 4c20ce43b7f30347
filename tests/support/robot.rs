use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Types, clicks, looks.
pub struct Robot;

const SCRIPT: &str = r#"
window.robot ??= {
  calls: [],
  answers: [],
  served: [],
  root: () => document.getElementById('app'),
  clean: (text) => text.replace(/\s+/g, ' ').trim(),
  text() { return this.clean(this.root().textContent) },
  // Everything that is read or read out, a line each.
  pieces() {
    const labels = [...this.root().querySelectorAll('[aria-label], [alt]')];
    const texts = document.createNodeIterator(this.root(), NodeFilter.SHOW_TEXT);
    const pieces = labels.map((it) => it.getAttribute('aria-label') ?? it.alt);
    for (let text; (text = texts.nextNode()); ) pieces.push(text.data);
    return pieces.join('\n');
  },
  field(label) {
    const found = [...this.root().querySelectorAll('label')].find((it) => this.clean(it.textContent) === label);
    if (!found) throw new Error('no field called ' + label);
    return document.getElementById(found.htmlFor);
  },
  type(label, text) {
    const field = this.field(label);
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  },
  words(words) {
    const found = [...this.root().querySelectorAll('button, a')].find((it) => this.clean(it.textContent) === words);
    if (!found) throw new Error('no button or link called ' + words);
    return found;
  },
  click(words) { this.words(words).click() },
  tick(label) { this.field(label).click() },
  describes(id) {
    const ids = (document.getElementById(id).getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
    return ids.map((one) => document.getElementById(one)?.textContent ?? 'MISSING').join(' | ');
  },
  hold() { this.held = new Promise((go) => { this.release = go }) },
  reset() { this.calls = []; this.answers = []; this.served = []; this.held = undefined },
};
window.fetch = async (request) => {
  const path = new URL(request.url).pathname;
  const served = window.robot.served.find(([start]) => path.startsWith('/api' + start));
  const next = () => window.robot.answers.shift() ?? { status: 500, body: '' };
  const answer = served ? { status: 200, body: served[1] } : next();
  window.robot.calls.push({
    url: new URL(request.url).pathname + new URL(request.url).search,
    method: request.method,
    key: request.headers.get('idempotency-key'),
    own: request.headers.get('x-palier'),
    body: await request.text(),
  });
  await window.robot.held;
  if (answer === 'lost') throw new TypeError('the network is gone');
  const empty = [204, 205].includes(answer.status);
  return new Response(empty ? null : answer.body, { status: answer.status });
};
"#;

impl Robot {
    /// Comes to the page.
    pub fn come() -> Self {
        js(SCRIPT);
        js("robot.reset()");
        Self
    }

    /// Types into the field with this label, and leaves it.
    pub fn type_in(&self, label: &str, text: &str) {
        js(&format!("robot.type({}, {})", quote(label), quote(text)));
    }

    /// Clicks on the button or link with these words.
    pub fn click(&self, words: &str) {
        js(&format!("robot.click({})", quote(words)));
    }

    /// Clicks on what has these words in the content, not in the header.
    pub fn click_button(&self, words: &str) {
        js(&format!(
            "[...document.querySelectorAll('main button, main a')].find((it) => robot.clean(it.textContent) === {}).click()",
            quote(words)
        ));
    }

    /// Ticks the box with this label, or unticks it.
    pub fn tick(&self, label: &str) {
        js(&format!("robot.tick({})", quote(label)));
    }

    /// What the field with this label holds.
    pub fn value(&self, label: &str) -> String {
        text(&format!("robot.field({}).value", quote(label)))
    }

    /// Everything that can be read on the page.
    pub fn reads(&self) -> String {
        text("robot.text()")
    }

    /// The first heading.
    pub fn heading(&self) -> String {
        text("robot.clean(robot.root().querySelector('h1')?.textContent ?? '')")
    }

    /// The server's next answer.
    pub fn will_answer(&self, status: u16, body: &str) {
        js(&format!("robot.answers.push({{ status: {status}, body: {} }})", quote(body)));
    }

    /// What the server answers from now on below these paths, however often it is asked. The first that fits counts.
    pub fn will_serve(&self, answers: &[(&str, &str)]) {
        let answers = serde_json::to_string(answers).expect("texts can be written");
        js(&format!("robot.served = {answers}"));
    }

    /// The network fails at the next request.
    pub fn will_lose_the_network(&self) {
        js("robot.answers.push('lost')");
    }

    /// The server takes its time from now on.
    pub fn holds_answers_back(&self) {
        js("robot.hold()");
    }

    /// What was held back arrives.
    pub fn lets_answers_go(&self) {
        js("robot.release()");
    }

    /// How many requests were made.
    pub fn calls(&self) -> usize {
        number("robot.calls.length")
    }

    /// A property of a request: `url`, `method`, `key`, `own`, `body`.
    pub fn call(&self, index: usize, what: &str) -> String {
        text(&format!("robot.calls[{index}].{what}"))
    }

    /// Waits until the heading is this.
    pub async fn arrives_at(&self, heading: &str) {
        until(&format!("heading {heading}"), || self.heading() == heading).await;
    }

    /// Waits until the page says this.
    pub async fn sees(&self, words: &str) {
        until(words, || self.reads().contains(words)).await;
    }
}

/// Runs a script.
pub fn js(script: &str) -> JsValue {
    js_sys::eval(script).unwrap_or_else(|error| panic!("{script}: {error:?}"))
}

/// What a script gives, as text; empty for nothing.
pub fn text(script: &str) -> String {
    js(script).as_string().unwrap_or_default()
}

/// Whether a script gives true.
pub fn holds(script: &str) -> bool {
    js(script).as_bool().unwrap_or_default()
}

fn number(script: &str) -> usize {
    format!("{:.0}", js(script).as_f64().unwrap_or_default()).parse().unwrap_or_default()
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("texts can be written")
}

/// Waits for something that happens as soon as what is under way is done: it is looked at again after each turn of
/// the browser's loop, a limited number of times.
pub async fn until(what: &str, happened: impl Fn() -> bool) {
    for _ in 0..400 {
        if happened() {
            return;
        }
        turn().await;
    }
    panic!("it never came: {what}\nthe page reads: {}", text("robot.text()"));
}

/// The page's title, its spaces plain.
pub fn title() -> String {
    text("robot.clean(document.title)")
}

/// Everything that the tab keeps.
pub fn kept() -> String {
    text("JSON.stringify({ ...sessionStorage })")
}

/// Lets everything happen that is under way.
pub async fn settle_all() {
    for _ in 0..8 {
        turn().await;
    }
}

async fn turn() {
    let turn = js("new Promise((go) => requestAnimationFrame(() => setTimeout(go)))");
    JsFuture::from(js_sys::Promise::from(turn)).await.expect("a turn of the loop");
}
