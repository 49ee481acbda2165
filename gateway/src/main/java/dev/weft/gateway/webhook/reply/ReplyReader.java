package dev.weft.gateway.webhook.reply;

import dev.weft.common.flowmessage.MessageCipher;
import tools.jackson.databind.json.JsonMapper;

/** Decrypts and reads replies. */
public record ReplyReader(MessageCipher cipher, JsonMapper json) {

    public FlowReply read(ReplyPlaces.Arrived arrived) {
        return FlowReply.read(arrived, cipher, json);
    }

    @Override
    public String toString() {
        return "ReplyReader";
    }
}
