/** Replies: waiting callers, and a flow's reply as an HTTP answer. */
@NullMarked
package dev.weft.gateway.webhook.reply;

import org.jspecify.annotations.NullMarked;
