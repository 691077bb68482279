// How a term is shown: its label, else its prefixed name, else the IRI; things link to their page on this host by path.

export class Names {
  constructor({ base, prefixes, endpoint }) {
    this.base = base;
    this.prefixes = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
    this.endpoint = endpoint;
    this.labels = new Map();
  }

  async learn(iris) {
    const unknown = [...new Set(iris)].filter((iri) => !this.labels.has(iri));
    for (let at = 0; at < unknown.length; at += 500) {
      const asked = unknown.slice(at, at + 500);
      const found = await this.#ask(asked);
      for (const iri of asked) this.labels.set(iri, found[iri] ?? null);
    }
  }

  async #ask(iris) {
    const body = JSON.stringify(iris);
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const answer = await fetch(this.endpoint, { method: "POST", headers, body });
    return answer.ok ? answer.json() : {};
  }

  show(iri) {
    return this.labels.get(iri) ?? this.prefixed(iri) ?? iri;
  }

  // In a picture there is no room for an IRI: its last part must do.
  brief(iri) {
    return this.labels.get(iri) ?? this.prefixed(iri) ?? iri.replace(/\/$/, "").replace(/^.*[/#](?=.)/, "");
  }

  prefixed(iri) {
    for (const [prefix, namespace] of this.prefixes) {
      const local = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(local)) return `${prefix}:${local}`;
    }
    return null;
  }

  link(iri) {
    const things = `${this.base}id/`;
    if (iri.startsWith(things)) return `/page/${iri.slice(things.length)}`;
    return /^https?:/.test(iri) ? iri : null;
  }
}
