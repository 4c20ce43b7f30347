import { type BrowserContext, expect, type Page } from '@playwright/test';

/** What Firefox says of things that Chromium keeps to itself: that a page was left before all of it had come. */
const FIREFOX = /^(Ignoring unsupported entryTypes|This page is in Quirks Mode|Layout was forced before the page was fully loaded|InstallTrigger|The resource at .* preloaded .* was not used)/;

/** Chromium reports every refused API call as an error of the console; a 4xx there is an answer, not a fault. */
const ANSWER = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Notes everything that goes wrong in the pages of a context, to fail the test at its end. */
export class Watch {
  readonly #faults: string[] = [];
  #accepted: RegExp[] = [];
  #ended = false;

  /** From now on, faults that match are part of the test, such as a network that is cut on purpose. */
  accept(...patterns: RegExp[]): void {
    this.#accepted.push(...patterns);
  }

  /** Without scripts Chromium blocks what the page would load for them. */
  acceptBlockedScripts(): void {
    this.accept(/^request failed: csp GET .*\.js$/, /preloaded using link preload but not used/);
  }

  /** While the network is off or the server stopped, requests fail: that is the point. */
  acceptLostNetwork(): void {
    this.accept(/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|NETWORK_CHANGED|SOCKET_NOT_CONNECTED)|NS_ERROR_/);
  }

  /** From now on nothing is noted: the test is over, and what pages still ask for may not be answered. */
  end(): void {
    this.#ended = true;
  }

  over(context: BrowserContext): void {
    context.on('page', (page) => this.#over(page));
    context.pages().forEach((page) => this.#over(page));
  }

  #over(page: Page): void {
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      const from = message.location().url;
      if (FIREFOX.test(message.text())) return;
      if (ANSWER.test(message.text()) && new URL(from).pathname.includes('/api/')) return;
      this.#note(`${message.type()} in the console: ${message.text()} (${from})`);
    });
    page.on('pageerror', (error) => this.#note(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'unknown';
      // A page that is left stops what it was loading.
      if (!['net::ERR_ABORTED', 'NS_BINDING_ABORTED'].includes(why)) this.#note(`request failed: ${why} ${request.method()} ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) this.#note(`status ${response.status()}: ${response.url()}`);
    });
    page.on('crash', () => this.#note('the page crashed'));
  }

  #note(fault: string): void {
    if (!this.#ended) this.#faults.push(fault);
  }

  /** Fails when anything went wrong that the test didn't ask for. */
  expectNothing(): void {
    const left = this.#faults.filter((fault) => !this.#accepted.some((pattern) => pattern.test(fault)));
    expect(left, 'console errors, warnings and failed requests').toEqual([]);
  }
}
