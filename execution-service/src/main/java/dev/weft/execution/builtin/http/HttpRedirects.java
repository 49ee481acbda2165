package dev.weft.execution.builtin.http;

import dev.weft.execution.step.StepFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Follows redirects, at most five, all within the time limit of the first; each is a call of its own, so it is checked
 * like the first. Another origin gets neither credentials nor the key of the effect: of the headers, whose names do not
 * tell what they hold, it only gets those that say what is sent and what is wanted. As browsers do, 303 (and for POST
 * 301 and 302) becomes a GET.
 */
final class HttpRedirects {

    private static final int MOST = 5;
    private static final Set<String> OF_BODY = Set.of("content-type", "content-encoding", "content-language");
    private static final Set<String> OF_WISHES =
            Set.of("accept", "accept-charset", "accept-encoding", "accept-language", "range", "user-agent");

    private final HttpCaller caller;

    HttpRedirects(HttpCaller caller) {
        this.caller = caller;
    }

    HttpAnswer call(HttpCall first) throws HttpCallFailure {
        var end = System.nanoTime() + first.timeout().toNanos();
        var call = first;
        for (var redirects = 0; ; redirects++) {
            var answer = caller.call(call, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
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
        var target = target(call.url(), String.valueOf(answer.header("location")));
        var becomesGet = !call.method().equals("HEAD")
                && (answer.status() == 303
                        || (answer.status() <= 302 && call.method().equals("POST")));
        var elsewhere = !origin(call.url()).equals(origin(target));
        var fields = call.fields().stream()
                .filter(field -> {
                    var name = field.name().toLowerCase(Locale.ROOT);
                    return !name.equals("host")
                            && !(elsewhere && !OF_BODY.contains(name) && !OF_WISHES.contains(name))
                            && !(becomesGet && OF_BODY.contains(name));
                })
                .toList();
        return new HttpCall(
                becomesGet ? "GET" : call.method(), target, fields, becomesGet ? null : call.body(), call.timeout());
    }

    private static URI target(URI from, String location) throws HttpCallFailure {
        try {
            return RequestUrl.parse(from.resolve(location.replace(" ", "%20")).toString());
        } catch (IllegalArgumentException | StepFailure e) {
            throw new HttpCallFailure("HttpError", "The server redirects to what is no address.", false);
        }
    }

    private static String origin(URI url) {
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
