// What a tenant's function finds around it. Only texts cross to the host: what it is given is parsed here, what it
// emits is written as JSON here, so that no object of one side is ever seen by the other.
(function (host, given) {
  'use strict';
  const { msg, cfg, snapshot, variables } = JSON.parse(given);
  const write = JSON.stringify;

  // Any value as a text: an object as its JSON, never as "[object Object]".
  const told = (value) => {
    if (typeof value === 'string') return value;
    if (value === null || typeof value !== 'object') return String(value);
    try {
      const text = write(value);
      if (text !== undefined) return text;
    } catch (_) {
      // Said below.
    }
    return 'an object that can not be written as JSON';
  };
  const fault = (error) => {
    if (error instanceof Error || (error !== null && typeof error === 'object' && 'message' in error)) {
      return { name: told(error.name || 'Error'), message: told(error.message), stack: told(error.stack || 'Not Available') };
    }
    return { name: 'Error', message: told(error), stack: 'Not Available' };
  };
  const isPlain = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  const MESSAGE = ['id', 'body', 'headers', 'attachments', 'metadata', 'passthrough'];
  const message = (payload) =>
    isPlain(payload) && 'body' in payload && Object.keys(payload).every((key) => MESSAGE.includes(key))
      ? { body: payload.body, headers: payload.headers, attachments: payload.attachments }
      : { body: payload };
  const shown = (value) => (value instanceof Error ? told(value.stack) : told(value));

  const emit = (event, payload) => {
    switch (event) {
      case 'data': host('data', write(message(payload))); break;
      case 'error': host('error', write(fault(payload))); break;
      case 'rebound': host('rebound', write({ reason: payload === undefined ? '' : fault(payload).message })); break;
      case 'snapshot': host('snapshot', write({ value: payload === undefined ? null : payload })); break;
      case 'updateSnapshot': host('updateSnapshot', write({ value: payload === undefined ? null : payload })); break;
      case 'httpReply': host('httpReply', write(payload === undefined ? {} : payload)); break;
      case 'end': break;
      default: return Promise.reject(new Error('There is no event ' + String(event) + ' to emit.'));
    }
    return Promise.resolve();
  };

  const line = (level, parts, fields) => {
    let text = typeof parts[0] === 'string' ? parts.shift() : '';
    text = text.replace(/%[sdijoO%]/g, (mark) => (mark === '%%' ? '%' : parts.length ? shown(parts.shift()) : mark));
    const rest = fields === undefined ? parts : [...parts, fields];
    host('log', write({ level, message: [...(text === '' ? [] : [text]), ...rest.map(shown)].join(' ') }));
  };
  // A first object before a text holds the fields of the line; to the console it is a value like any other.
  const logger = {};
  const console = {};
  [['trace', 10], ['debug', 20], ['info', 30], ['warn', 40], ['error', 50], ['fatal', 60]].forEach(([name, level]) => {
    logger[name] = (...parts) =>
      line(level, parts, parts.length > 1 && isPlain(parts[0]) && !(parts[0] instanceof Error) ? parts.shift() : undefined);
    console[name] = (...parts) => line(level, parts);
  });

  let timers = [];
  let nextTimer = 1;
  const setTimeout = (work, delay, ...rest) => {
    const timer = { id: nextTimer++, due: host('now') + Math.max(0, Number(delay) || 0), work: () => work(...rest) };
    timers.push(timer);
    return timer.id;
  };
  const clearTimeout = (id) => { timers = timers.filter((timer) => timer.id !== id); };

  const newMessageWithBody = (body) => ({ headers: {}, body: body === undefined ? {} : body, attachments: {} });
  const messages = { newMessageWithBody, newEmptyMessage: () => newMessageWithBody({}) };
  const globals = {
    console: { log: console.info, info: console.info, debug: console.debug, trace: console.trace, warn: console.warn, error: console.error },
    messages,
    setTimeout,
    clearTimeout,
    wait: (delay) => new Promise((done) => setTimeout(done, delay)),
    btoa: (text) => host('btoa', String(text)),
    atob: (text) => host('atob', String(text)),
  };
  for (const name of Object.keys(globals)) {
    Object.defineProperty(globalThis, name, { value: globals[name], writable: true, configurable: true, enumerable: false });
  }

  const context = { emit, logger, getFlowVariables: () => variables, getConfig: () => cfg };
  return {
    start(run) {
      const failed = (error) => host('failed', write(fault(error)));
      const ended = (result) => {
        if (result) host('data', write(message(result)));
        host('ended');
      };
      try {
        Promise.resolve(run.call(context, msg, cfg, snapshot)).then(ended).catch(failed);
      } catch (error) {
        failed(error);
      }
    },
    // Milliseconds until a timer is due, -1 without one.
    wait() {
      return timers.length === 0 ? -1 : Math.max(0, Math.min(...timers.map((timer) => timer.due)) - host('now'));
    },
    ring() {
      const now = host('now');
      const due = timers.filter((timer) => timer.due <= now).sort((a, b) => a.due - b.due || a.id - b.id);
      timers = timers.filter((timer) => timer.due > now);
      due.forEach((timer) => timer.work());
    },
  };
});
