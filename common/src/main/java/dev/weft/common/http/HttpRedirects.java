package dev.weft.common.http;

import dev.weft.common.egress.WebAddress;
import dev.weft.common.http.HttpAnswer.AnswerPlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows redirects, at most five, all within the time limit of the first; each is a call of its own, so it is checked
 * like the first. Another origin gets neither credentials nor the idempotency key: since a header's name does not tell
 * what it contains, only headers about the content sent and wanted are passed on. As browsers do, 303 (and for POST 301
 * and 302) becomes a GET.
 */
public final class HttpRedirects {

    private static final int MOST = 5;
    private static final Set<String> OF_BODY = Set.of("content-type", "content-encoding", "content-language");
    private static final Set<String> OF_WISHES =
            Set.of("accept", "accept-charset", "accept-encoding", "accept-language", "range", "user-agent");

    private final HttpCaller caller;

    public HttpRedirects(HttpCaller caller) {
        this.caller = caller;
    }

    public HttpAnswer call(HttpCall first, AnswerPlace place) throws HttpCallFailure {
        var end = System.nanoTime() + first.timeout().toNanos();
        var call = first;
        for (var redirects = 0; ; redirects++) {
            var answer = caller.call(call, Duration.ofNanos(Math.max(0, end - System.nanoTime())), place);
            if (!answer.isRedirect()) {
                return answer;
            }
            if (redirects == MOST) {
                throw new HttpCallFailure("HttpError", "More than " + MOST + " redirects.", false);
            }
            call = next(call, answer);
        }
    }

    private static HttpCall next(HttpCall call, HttpAnswer answer) throws HttpCallFailure {
        var target = target(call.url(), answer.headers().getOrDefault("location", List.of()));
        var becomesGet = !call.method().equals("HEAD")
                && (answer.status() == 303
                        || (answer.status() <= 302 && call.method().equals("POST")));
        var elsewhere = !call.url().isOfOriginOf(target);
        var fields = call.fields().stream()
                .filter(field -> {
                    var name = field.name().toLowerCase(Locale.ROOT);
                    return !name.equals("host")
                            && !(elsewhere && !OF_BODY.contains(name) && !OF_WISHES.contains(name))
                            && !(becomesGet && OF_BODY.contains(name));
                })
                .collect(Collectors.toCollection(ArrayList::new));
        var user = target.userInfo();
        if (user != null) {
            fields.removeIf(field -> field.name().equalsIgnoreCase("Authorization"));
            fields.add(HttpCall.HttpField.basic(user));
        }
        return new HttpCall(
                becomesGet ? "GET" : call.method(),
                target.withoutUser(),
                fields,
                becomesGet ? null : call.body(),
                call.timeout());
    }

    private static WebAddress target(WebAddress from, List<String> locations) throws HttpCallFailure {
        if (locations.stream().distinct().count() > 1) {
            throw new HttpCallFailure("HttpError", "The server redirects to several addresses.", false);
        }
        var location = locations.getFirst();
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw HttpCallFailure.quoting(
                    "HttpError",
                    "The server redirects to what is no address: " + HttpCallFailure.reason(e, location),
                    false);
        }
    }
}
