// What the reading room does faster than by following links. Every page works without it.
"use strict";
(() => {
  const $ = (s, from = document) => from.querySelector(s);
  const $$ = (s, from = document) => [...from.querySelectorAll(s)];
  const body = document.body;
  const toast = $("#toast");
  let toasting = 0;
  const say = (words) => { toast.textContent = words; clearTimeout(toasting); toasting = setTimeout(() => { toast.textContent = ""; }, 2500); };
  const copy = async (words) => { try { await navigator.clipboard.writeText(words); say(body.dataset.copied); } catch { prompt("", words); } };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const typing = (t) => t && (t.isContentEditable || /^(TEXTAREA|SELECT)$/.test(t.tagName) || (t.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(t.type)));
  const visible = (e) => e.getClientRects().length > 0;

  // --- the reader: one card at a time, its words tinted
  const sheet = $(".sheet");
  let now = 0;
  const cards = () => $$(".k[id^=k]");
  const card = (n) => $(`#k${n}`);
  const tint = (n) => {
    $$(".on").forEach((e) => e.classList.remove("on"));
    $$(".t.here").forEach((e) => e.classList.remove("here"));
    now = n;
    if (!n) return;
    $$(`.t[data-s~="${n}"]`).forEach((e) => e.classList.add("on"));
    card(n)?.classList.add("on");
  };
  // narrow: the card is a sheet under its sentence, which is moved above it
  const raise = async (k, mark) => {
    $$(".on").forEach((e) => e.classList.remove("on"));
    if (k.id[0] === "k") await open(+k.id.slice(1)); else { k.classList.add("on"); $("details", k).open = true; }
    if (!$(".shut", k)) {
      const shut = document.createElement("button");
      shut.type = "button"; shut.className = "shut"; shut.textContent = "×"; shut.setAttribute("aria-label", body.dataset.shut);
      k.prepend(shut);
    }
    const at = (mark || $(`#s${k.id.slice(1)}`))?.getBoundingClientRect();
    if (at && (at.top < 60 || at.bottom > innerHeight * 0.36)) scrollBy({ top: at.top - 90, behavior: calm });
  };
  const sheets = matchMedia("(max-width: 900px)");
  const close = () => { $$(".k .inside").forEach((e) => { if (e.parentNode.tagName === "LI") { e.parentNode.classList.remove("open"); e.remove(); } }); $$(".k details[open]").forEach((d) => { d.open = false; }); };
  const open = async (n) => {
    const k = card(n);
    if (!k) return null;
    tint(n);
    if ($(".inside", k)) return k;
    close();
    const link = $("a.how", k);
    try {
      const card = new URL(link.href);
      card.searchParams.set("part", "card");
      const answer = await fetch(card);
      if (!answer.ok) throw new Error(answer.status);
      k.insertAdjacentHTML("beforeend", await answer.text());
      k.classList.add("open");
    } catch { say(body.dataset.gone); return null; }
    return k;
  };
  const go = (step) => {
    const all = cards().map((k) => +k.id.slice(1)).sort((a, b) => a - b);
    if (!all.length) return;
    const at = all.indexOf(now);
    const n = all[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1)];
    close(); tint(n);
    const mark = $(`#s${n}`) || card(n);
    mark?.scrollIntoView({ block: "center", behavior: calm });
    mark?.focus({ preventScroll: true });
  };
  if (sheet) {
    $$("[data-toggle],#mark").forEach((b) => { b.hidden = false; });
    body.classList.add("sheets");
    sheet.addEventListener("click", (e) => {
      if (sheets.matches) {
        if (e.target.closest(".shut")) { close(); tint(0); return; }
        const number = e.target.closest("a.n,a.dn"), words = e.target.closest(".t[data-s]");
        const to = number ? $(number.getAttribute("href")) : words && !e.target.closest("a") && !getSelection().toString() ? card(words.dataset.s.split(" ").pop()) : null;
        if (to) { e.preventDefault(); raise(to, number || words); return; }
      }
      const how = e.target.closest("a.how");
      if (how && !e.ctrlKey && !e.metaKey && !e.shiftKey && e.button === 0) {
        e.preventDefault();
        const k = how.closest(".k");
        if ($(".inside", k)) { close(); } else { open(+k.id.slice(1)); }
        return;
      }
      const piece = e.target.closest(".t[data-s]");
      if (piece && !e.target.closest("a") && !getSelection().toString()) { const all = piece.dataset.s.split(" "); tint(+all[all.length - 1]); card(now)?.scrollIntoView({ block: "nearest", behavior: calm }); }
    });
    const opened = $(".k.open");
    const here = $(".t.here");
    if (opened) now = +opened.id.slice(1);
    if (here && !location.hash) here.scrollIntoView({ block: "center" });
    if (/^#[sk]\d+$/.test(location.hash)) tint(+location.hash.slice(2));
  }
  // where selected words stand: code points of the text as it was captured, without our numbers
  const selected = () => {
    const range = getSelection().rangeCount && !getSelection().isCollapsed ? getSelection().getRangeAt(0) : null;
    const text = sheet && $(".body", sheet);
    if (!range || !text || !text.contains(range.commonAncestorContainer)) return null;
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, { acceptNode: (t) => (t.parentNode.closest(".tx") && !t.parentNode.closest("a.n,a.dn,summary") ? 1 : 2) });
    let at = 0, start = -1, end = -1;
    const own = document.createRange();
    for (let t = walk.nextNode(); t; t = walk.nextNode()) {
      own.selectNodeContents(t);
      const from = t === range.startContainer ? range.startOffset : range.comparePoint(t, 0) < 0 ? t.data.length : 0;
      const to = t === range.endContainer ? range.endOffset : range.comparePoint(t, t.data.length) > 0 ? 0 : t.data.length;
      if (from < to && range.intersectsNode(t)) { if (start < 0) start = at + [...t.data.slice(0, from)].length; end = at + [...t.data.slice(0, to)].length; }
      at += [...t.data].length;
    }
    return end > start && start >= 0 ? `${start}-${end}` : null;
  };
  const here = () => `/articles/${sheet.dataset.article}/${selected()}`;
  const missed = () => { if (selected()) location.href = `${here()}?missed=1`; else say(body.dataset.select); };
  $("#mark")?.addEventListener("mousedown", (e) => e.preventDefault()); // the selection stays
  $("#mark")?.addEventListener("click", missed);
  document.addEventListener("click", (e) => {
    const link = e.target.closest("[data-copy],[data-copy-link]");
    if (link) { e.preventDefault(); copy(link.hasAttribute("data-copy-link") ? location.origin + link.getAttribute("href") : link.dataset.copy); return; }
    const toggle = e.target.closest("[data-toggle]");
    if (toggle) toggle.setAttribute("aria-pressed", body.classList.toggle(toggle.dataset.toggle));
  });

  // --- lists
  let item = -1;
  const items = () => $$("[data-item]").filter(visible);
  const step = (by) => {
    const all = items();
    if (!all.length) return;
    all[item]?.classList.remove("on-item");
    item = Math.min(Math.max(item + by, 0), all.length - 1);
    all[item].classList.add("on-item");
    all[item].scrollIntoView({ block: "nearest", behavior: calm });
    $("[data-open]", all[item])?.focus({ preventScroll: true });
  };

  // --- results: the first Enter shows the card beside, the second one goes to the article; Escape closes it
  const hits = $("ol.hits");
  hits?.addEventListener("keydown", async (e) => {
    const link = e.target.closest?.("a[data-open]"), hit = link?.closest(".hit");
    if (!hit || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (e.key === "Escape") { $(".inside", hit)?.remove(); return; }
    if (e.key !== "Enter" || $(".inside", hit) || !/\d-\d+$/.test(link.pathname)) return;
    e.preventDefault();
    $$(".inside", hits).forEach((b) => b.remove());
    try {
      const card = new URL(link.href);
      card.searchParams.set("part", "card");
      const answer = await fetch(card);
      if (!answer.ok) throw new Error(answer.status);
      hit.insertAdjacentHTML("beforeend", await answer.text());
    } catch { location.href = link.href; }
  });

  // --- counts that follow the results
  const later = $("[data-later]");
  if (later) fetch(later.dataset.later).then((a) => (a.ok ? a.text() : Promise.reject(a.status))).then((t) => { later.innerHTML = t; }).catch(() => say(body.dataset.gone));

  // --- a span by keyboard: whole words, the first piece's start and the last piece's end
  const passage = $("#passage"), adding = $("#missed");
  let edit = $("#edit"), field = $("#content");
  const words = passage ? $$("[data-a]", passage) : [];
  let span = null;
  const gaps = passage ? $$("[data-from]", passage) : [];
  const paint = () => { gaps.forEach((g) => g.classList.toggle("said", span.some(([a, b]) => +g.dataset.from >= a && +g.dataset.to <= b))); words.forEach((w) => w.classList.toggle("said", span.some(([a, b]) => +w.dataset.a < b && +w.dataset.b > a))); };
  const read = () => field.value.split(";").map((p) => p.split("-").map(Number));
  const write = () => { field.value = span.map((p) => p.join("-")).join(";"); paint(); };
  const move = (start, by) => {
    span ??= read(); // the details tell that they are open only a moment later
    const piece = start ? span[0] : span[span.length - 1];
    const edge = start ? "a" : "b";
    const at = start ? words.findIndex((w) => +w.dataset.b > piece[0]) : words.findLastIndex((w) => +w.dataset.a < piece[1]);
    const next = words[at + by];
    if (!next) return;
    const value = +next.dataset[edge];
    if (start ? value >= piece[1] : value <= piece[0]) return;
    piece[start ? 0 : 1] = value;
    write();
  };
  const settle = () => { passage.classList.toggle("editing", edit.open); span = edit.open ? read() : null; if (span) paint(); };
  const take = (details) => { if (edit === details) return; if (edit?.open) edit.open = false; edit = details; field = $("[name=content]", details); span = null; };
  for (const details of [edit, adding].filter(Boolean)) {
    details.addEventListener("toggle", () => { if (details.open) take(details); if (edit === details) settle(); });
    $("[name=content]", details).addEventListener("input", (e) => { if (edit === details && e.target.validity.valid) { span = read(); paint(); } });
  }
  // a missed statement: the selected words, else the first word behind the one that is shown
  const begin = () => {
    if (!adding || adding.open) return;
    const range = getSelection().rangeCount && !getSelection().isCollapsed ? getSelection().getRangeAt(0) : null;
    const some = range ? words.filter((w) => range.intersectsNode(w)) : [];
    const last = words.findLastIndex((w) => w.classList.contains("said"));
    const from = some.length ? some : [words.slice(last + 1).find((w) => /[\p{L}\p{N}]/u.test(w.textContent)) || words[0]];
    $("[name=content]", adding).value = `${from[0].dataset.a}-${from[from.length - 1].dataset.b}`;
  };

  // --- keys: what an element says it answers to
  let leading = 0;
  // keys of one's own: `data-map` says for each place which letter stands for which; what was given away means nothing
  const place = sheet ? "reader" : passage || $("#decide") ? (location.pathname === "/same" ? "same" : "review") : "lists";
  const own = JSON.parse(body.dataset.map || "{}");
  const given = Object.entries({ ...own.everywhere, ...own[place] });
  const meant = (key) => given.find(([, to]) => to === key)?.[0] ?? (given.some(([from]) => from === key) ? "" : key);
  const printed = Object.fromEntries(given);
  for (const k of $$("[data-key]>kbd,.foot kbd")) {
    const from = k.parentNode.dataset.key ?? k.textContent;
    if (from in printed) { k.textContent = printed[from]; k.hidden = !printed[from]; }
  }
  const press = (e) => { if (e === adding) begin(); if (e.tagName === "DETAILS") { e.open = !e.open; if (e.open && $("[name=content]", e)) { take(e); settle(); } if (e.open) $("input:not([type=hidden]),textarea", e)?.focus(); } else e.click(); };
  const sheetOfKeys = async () => {
    let box = $("dialog#keys");
    if (!box) {
      const page = new DOMParser().parseFromString(await (await fetch("/keys")).text(), "text/html");
      box = document.createElement("dialog");
      box.id = "keys";
      box.setAttribute("aria-label", $("h1", page).textContent);
      box.append(document.adoptNode($("#keysheet", page)));
      body.append(box);
    }
    box.open ? box.close() : box.showModal();
  };
  document.addEventListener("keydown", async (e) => {
    if (e.key === "Escape") {
      if (edit?.open) { field.value = field.defaultValue; edit.open = false; field = $("#content"); span = field ? read() : []; paint(); span = null; }
      else if (typing(e.target)) e.target.blur();
      else { close(); tint(0); }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (edit?.open && (e.target === body || edit.contains(e.target) || e.target.tagName === "MAIN")) {
      if (e.key === "ArrowRight" || e.key === "ArrowLeft") { e.preventDefault(); move(e.shiftKey, e.key === "ArrowRight" ? 1 : -1); return; }
      if (e.key === "Enter" && e.target.tagName !== "BUTTON") { e.preventDefault(); $("form", edit).requestSubmit(); return; }
    }
    if (typing(e.target) || body.dataset.keys !== "on" || $("dialog[open]")) return;
    const key = meant(e.key);
    if (!key) return;
    if (leading && Date.now() - leading < 1200) {
      leading = 0;
      const to = $(`[data-go="${CSS.escape(e.key)}"]`);
      if (to) { e.preventDefault(); to.click(); }
      return;
    }
    if (key === "g") { leading = Date.now(); return; }
    if (key === "/") { e.preventDefault(); $("#q").focus(); $("#q").select(); return; }
    if (key === "?") { e.preventDefault(); sheetOfKeys(); return; }
    if (sheet) {
      if (key === "j" || key === "k") { e.preventDefault(); go(key === "j" ? 1 : -1); return; }
      if (key === "f" && now) { const n = [...card(now).classList].find((c) => /^k\d$/.test(c)).slice(1); const chip = n === "0" ? null : $(`.pick[data-only="${n}"]`); if (chip) location.href = `${chip.getAttribute("href")}#k${now}`; return; }
      if (key === "m") { e.preventDefault(); missed(); return; }
      if ((key === "l" || key === "c") && selected()) { e.preventDefault(); const path = here(); if (key === "l") copy(location.origin + path); else fetch(`${path}.json`).then((a) => a.json()).then((a) => copy(a.citation)).catch(() => say(body.dataset.gone)); return; }
      if (key === "d") { const all = $$(".dn").filter(visible); const at = all.findIndex((a) => a === document.activeElement); const next = all[(at + 1) % all.length]; next?.scrollIntoView({ block: "center", behavior: calm }); next?.focus({ preventScroll: true }); return; }
      if (("wcl.".includes(key) || "ax".includes(key)) && now) { e.preventDefault(); const k = await open(now); if (key === ".") { $(".acts a", k)?.focus(); return; } const what = k && $(`[data-key="${key}"]`, k); if (what) press(what); return; }
    } else if (key === "j" || key === "k") { e.preventDefault(); step(key === "j" ? 1 : -1); return; }
    if (key === "o" && items()[item]) { const link = $("[data-open]", items()[item]); if (link) { e.preventDefault(); link.click(); return; } }
    if (key === "+" || key === "-") { const to = document.activeElement.dataset[key === "+" ? "plus" : "minus"]; if (to) { e.preventDefault(); location.href = to; } return; }
    if (key === " " && /^(BUTTON|A|SUMMARY|INPUT)$/.test(e.target.tagName)) return;
    const what = $$(`[data-key="${CSS.escape(key)}"]`).find(visible);
    if (what) { e.preventDefault(); press(what); }
  });

  // --- files: sent as they are, one after the other, then the import begins
  const box = $("#box");
  const send = async (files) => {
    let job = 0;
    for (const file of files) {
      say(file.name);
      try {
        const answer = await fetch(`/imports/file.json?name=${encodeURIComponent(file.name)}${job ? `&job=${job}` : ""}`, { method: "PUT", body: file, headers: { "Content-Type": "application/octet-stream" } });
        const told = await answer.json();
        if (!answer.ok) { say(told.error); return; }
        job = told.import;
      } catch { say(body.dataset.gone); return; }
    }
    if (!job) return;
    const form = document.createElement("form");
    form.method = "post"; form.action = `/imports/${job}/resume`;
    body.append(form); form.submit();
  };
  if (box) {
    const files = $("#files");
    files.closest("label").hidden = false;
    files.addEventListener("change", () => send(files.files));
    for (const name of ["dragover", "dragleave", "drop"]) document.addEventListener(name, (e) => {
      if (!e.dataTransfer?.types.includes("Files")) return;
      e.preventDefault();
      box.classList.toggle("over", name === "dragover");
      if (name === "drop") send(e.dataTransfer.files);
    });
    // what is written stays, also when the server does not answer
    const what = $("#what", box), kept = "reportedly-box";
    what.value ||= sessionStorage.getItem(kept) || "";
    what.addEventListener("input", () => sessionStorage.setItem(kept, what.value));
    box.addEventListener("submit", () => sessionStorage.removeItem(kept));
  }

  // --- suggestions behind a field of the search
  const query = $("#q[data-suggest]");
  if (query) {
    const list = document.createElement("ul");
    let asked = 0, at = -1;
    Object.assign(list, { id: "suggestions", hidden: true });
    list.setAttribute("role", "listbox"); list.setAttribute("aria-label", query.dataset.suggest);
    query.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "suggestions"], ["aria-expanded", "false"]]) query.setAttribute(name, value);
    const shut = () => { list.hidden = true; at = -1; query.setAttribute("aria-expanded", "false"); query.removeAttribute("aria-activedescendant"); };
    const take = (option) => { query.value = option.dataset.query; shut(); query.focus(); };
    const point = (n) => {
      const all = [...list.children];
      at = (n + all.length) % all.length;
      all.forEach((o, i) => o.setAttribute("aria-selected", i === at));
      query.setAttribute("aria-activedescendant", all[at].id);
    };
    query.addEventListener("input", async () => {
      const mine = ++asked;
      await new Promise((later) => setTimeout(later, 120));
      if (mine !== asked) return;
      if (!/\p{L}{2,14}:\S*[^"]*$/u.test(query.value) || query.selectionStart < query.value.length) { shut(); return; }
      try {
        const told = await (await fetch(`/suggest.json?q=${encodeURIComponent(query.value)}`)).json();
        if (mine !== asked) return;
        list.replaceChildren(...(told.suggestions ?? []).map((s, n) => {
          const o = document.createElement("li"), count = document.createElement("span");
          o.id = `suggestion${n}`; o.dataset.query = s.query; o.setAttribute("role", "option"); o.setAttribute("aria-selected", "false");
          count.textContent = s.count.toLocaleString(document.documentElement.lang);
          o.append(s.value, count);
          return o;
        }));
        if (list.children.length) { list.hidden = false; at = -1; query.setAttribute("aria-expanded", "true"); } else shut();
      } catch { shut(); }
    });
    query.addEventListener("keydown", (e) => {
      if (list.hidden) return;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); point(at < 0 ? (e.key === "ArrowDown" ? 0 : -1) : at + (e.key === "ArrowDown" ? 1 : -1)); }
      else if ((e.key === "Enter" || e.key === "Tab") && at >= 0) { e.preventDefault(); take(list.children[at]); }
      else if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); shut(); }
    });
    list.addEventListener("pointerdown", (e) => { const o = e.target.closest("li"); if (o) { e.preventDefault(); take(o); } });
    query.addEventListener("blur", shut);
  }

  // --- the timeline: drag over the drawing to choose a time
  const chart = $("#chart"), between = $("#between");
  if (chart && between) {
    $(".js", between).hidden = false;
    const shade = $("#drawn"), left = +chart.dataset.left, right = chart.viewBox.baseVal.width - chart.dataset.right;
    const first = Date.parse(chart.dataset.first), days = Math.round((Date.parse(chart.dataset.last) - first) / 864e5) + 1;
    const at = (e) => Math.min(Math.max((e.clientX - chart.getBoundingClientRect().left) * chart.viewBox.baseVal.width / chart.getBoundingClientRect().width, left), right);
    const day = (x) => new Date(first + Math.min(Math.floor((x - left) * days / (right - left)), days - 1) * 864e5).toISOString().slice(0, 10);
    let began = null, dragged = false;
    chart.addEventListener("pointerdown", (e) => { if (e.button === 0 && e.pointerType === "mouse" && !e.target.closest(".label")) { began = at(e); dragged = false; } });
    chart.addEventListener("dragstart", (e) => e.preventDefault());
    addEventListener("pointermove", (e) => {
      if (began === null || (!dragged && Math.abs(at(e) - began) < 5)) return;
      dragged = true;
      const ends = [began, at(e)].sort((a, b) => a - b);
      shade.removeAttribute("hidden"); shade.setAttribute("x", ends[0]); shade.setAttribute("width", ends[1] - ends[0]);
      $("#from").value = day(ends[0]); $("#to").value = day(ends[1]);
    });
    addEventListener("pointerup", () => { if (began !== null && dragged) between.requestSubmit(); began = null; });
    chart.addEventListener("click", (e) => { if (dragged) { e.preventDefault(); dragged = false; } });
  }

  // --- a running import: the part of the page that changes, every two seconds
  const live = async () => {
    const job = $("#job[data-live]");
    if (!job) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = $("#job", page);
      if (!fresh) return;
      const table = $("main .scroll", page);
      if (!job.contains(document.activeElement) || !fresh.hasAttribute("data-live")) job.replaceWith(document.adoptNode(fresh)); else $(".say", job).textContent = $(".say", fresh).textContent;
      if (table) { const old = $("main .scroll"); if (old) old.replaceWith(document.adoptNode(table)); else $("main").append(document.adoptNode(table)); }
    } catch { say(body.dataset.gone); }
    setTimeout(live, 2000);
  };
  setTimeout(live, 1500);
  if (document.referrer && /\/(review|same)/.test(location.pathname) && $(".last li")) { toast.textContent = `${body.dataset.saved} · ${printed.z ?? "z"}`; setTimeout(() => { toast.textContent = ""; }, 1500); }
})();
