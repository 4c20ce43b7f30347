// A browser by WebDriver (W3C): WebKitGTK has no other way in.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const { freePort, pause } = require('./server.cjs');

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const browsers = ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map((name) => `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/${name}/MiniBrowser`);
const MINI_BROWSER = browsers.find((path) => fs.existsSync(path));
const DRIVER = ['/usr/bin/WebKitWebDriver'].find((path) => fs.existsSync(path));

class WebDriver {
  /** Starts the driver (below an X server of its own), without a browser. */
  async open() {
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}`;
    const environment = { ...process.env, LANG: 'fr_FR.UTF-8', LANGUAGE: 'fr', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' };
    this.process = spawn('xvfb-run', ['-a', DRIVER, `--port=${port}`], { stdio: 'ignore', env: environment, detached: true });
    for (let waited = 0; ; waited += 100) {
      const up = await fetch(`${this.base}/status`).then((answer) => answer.ok, () => false);
      if (up) return this;
      if (waited > 20_000) throw new Error('WebKitWebDriver does not answer');
      await pause(100);
    }
  }

  async call(method, path, body) {
    const answer = await fetch(this.base + path, { method, ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}) });
    const { value } = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${value.error} ${value.message}`), { code: value.error });
    return value;
  }

  /** A browser with nothing of another one's. */
  async begin() {
    const options = { binary: MINI_BROWSER, args: ['--automation'] };
    const made = await this.call('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } });
    this.session = `/session/${made.sessionId}`;
    this.version = `${made.capabilities.browserName} ${made.capabilities.browserVersion}`;
    await this.call('POST', `${this.session}/timeouts`, { implicit: 0, pageLoad: 30_000, script: 20_000 });
  }

  async quit() {
    if (this.session) await this.call('DELETE', this.session).catch(() => {});
    this.session = undefined;
  }

  close() {
    try {
      process.kill(-this.process.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }

  go(url) {
    return this.call('POST', `${this.session}/url`, { url });
  }

  run(script, ...args) {
    return this.call('POST', `${this.session}/execute/sync`, { script, args });
  }

  /** Does something with an element; again while a page that is being made takes it away. */
  async with(selector, act) {
    for (let tried = 0; ; tried += 1) {
      try {
        return await act(`${this.session}/element/${await this.find(selector)}`);
      } catch (error) {
        const passing = ['stale element reference', 'element not interactable', 'element click intercepted'].includes(error.code);
        if (!passing || tried >= 50) throw new Error(`${selector}: ${error.message}`);
        await pause(100);
      }
    }
  }

  /** The element, once it is there. */
  async find(selector) {
    for (let waited = 0; ; waited += 100) {
      const found = await this.call('POST', `${this.session}/elements`, { using: 'css selector', value: selector }).catch(() => []);
      if (found.length > 0) return found[0][ELEMENT];
      if (waited > 15_000) throw new Error(`nothing is ${selector} at ${await this.call('GET', `${this.session}/url`)}: ${(await this.text()).slice(0, 600)}`);
      await pause(100);
    }
  }

  click(selector) {
    return this.with(selector, (element) => this.call('POST', `${element}/click`));
  }

  focus(selector) {
    return this.with(selector, (element) => {
      const field = { [ELEMENT]: element.split('/').pop() };
      return this.run('const [field] = arguments; field.focus(); field.select?.(); if (document.activeElement !== field) throw new Error("no focus");', field);
    });
  }

  async press(keys) {
    const actions = [...keys].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
    await this.call('POST', `${this.session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Types as a keyboard does, over what a field holds. (WebKit's own `clear` says of fields in plain sight that they can't be reached.) */
  async type(selector, text) {
    await this.focus(selector);
    await this.press(text);
  }

  /** Ticks a box with the space bar. (The driver says of boxes below a drawn one that they can't be clicked.) */
  async tick(selector) {
    await this.focus(selector);
    await this.press(' ');
  }

  text() {
    return this.run('return document.querySelector("main")?.innerText ?? document.body.innerText;');
  }

  /** Waits until the page says something. */
  async says(pattern) {
    for (let waited = 0; ; waited += 100) {
      const text = await this.text();
      if (pattern.test(text)) return text;
      if (waited > 15_000) throw new Error(`the page doesn't say ${pattern}: ${text.slice(0, 800)}`);
      await pause(100);
    }
  }
}

module.exports = { DRIVER, MINI_BROWSER, WebDriver };
