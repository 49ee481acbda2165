'use strict';

/* What a test asks for with {"do": ..}; see SailorIT. */
const rebounded = new Set();

exports.process = async function act(msg, cfg, snapshot) {
    const body = msg.body;
    // An error handler does what the failed message says for it.
    const asked = body.do || (body.errorInput && body.errorInput.body.handler);
    switch (asked) {
        case 'many':
            for (let i = 0; i < body.count; i++) {
                await this.emit('data', { body: { do: 'pass', i } });
            }
            return undefined;
        case 'throw':
            throw new TypeError('kaboom');
        case 'fail and go on':
            await this.emit('error', new Error('first'));
            return { body: { after: 'error' } };
        case 'rebound':
            if (!rebounded.has(body.id)) {
                rebounded.add(body.id);
                await this.emit('rebound', 'not ready yet');
                return undefined;
            }
            return { body: { id: body.id } };
        case 'remember':
            await this.emit('snapshot', { full: 'A' });
            await this.emit('updateSnapshot', { part: 'B' });
            return { body: {} };
        case 'reply':
            await this.emit('httpReply', {
                statusCode: 201, body: { hello: body.name }, headers: { 'x-a': '1' }
            });
            return { body: { replied: true } };
        case 'reply as a message':
            await this.emit('data', {
                body: { hello: body.name },
                headers: { 'X-EIO-Routing-Key': msg.headers.reply_to, 'x-eio-status-code': 202, 'x-b': '2' }
            });
            return { body: { replied: true } };
        case 'stray':
            await this.emit('data', { body: { lost: true }, headers: { 'X-EIO-Routing-Key': 'nobody.takes.this' } });
            return undefined;
        default:
            return { body: { msg, cfg, snapshot } };
    }
};
