package dev.weft.execution.builtin.http;

import dev.weft.common.egress.ShownText;
import dev.weft.common.http.HttpAnswer;
import dev.weft.common.http.HttpCall;
import dev.weft.common.http.HttpCallFailure;
import dev.weft.common.http.HttpCaller.CallInterrupted;
import dev.weft.common.http.HttpRedirects;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The work of {@code weft/http:request}: calls the server until an answer is final or the retries are used up. A
 * rebound counts as a retry, and passes on how many retries were made in place before it.
 */
final class HttpRequestStep implements Step {

    private static final int WARN = 40;
    private static final int EXCERPT = 1_000;

    private final HttpRequestFields fields;
    private final HttpRedirects calls;
    private final AnswerRoom room;
    private final RetrySchedule schedule;
    private final Pause pause;
    private final JsonMapper json;

    HttpRequestStep(
            HttpRequestFields fields,
            HttpRedirects calls,
            AnswerRoom room,
            RetrySchedule schedule,
            Pause pause,
            JsonMapper json) {
        this.fields = fields;
        this.calls = calls;
        this.room = room;
        this.schedule = schedule;
        this.pause = pause;
        this.json = json;
    }

    @Override
    public List<Outcome> work(StepInput input) {
        var call = fields.call(input, json);
        var place = room.open();
        // The room is held until the whole delivery is done: what was made of an answer lives in the messages that come
        // of it.
        input.keeping().keep(place);
        var usedBefore = Math.max(0, input.attempt() - 1);
        for (var used = usedBefore; ; used++) {
            var attempt = attempt(call, place);
            if (!attempt.isTransient()) {
                return attempt.isFine() || fields.dontThrow() ? emit(input, attempt, place) : fail(attempt, place);
            }
            var wait = schedule.waitBefore(used, attempt.answer());
            // A rebound may ask for an hour at most; a server that wants a longer pause would be called too early.
            if (used >= fields.retries() || wait.compareTo(RetrySchedule.MOST) > 0) {
                return fields.dontThrow() ? emit(input, attempt, place) : fail(attempt, place);
            }
            if (wait.compareTo(RetrySchedule.IN_PLACE) > 0) {
                return List.of(new Outcome.Rebound(attempt.text(), wait, used - usedBefore));
            }
            // This answer is not used, so its room is free during the wait.
            place.close();
            pause.take(wait);
        }
    }

    /** All attempts, and the waits that are not left to a rebound. */
    @Override
    public Duration longest() {
        return fields.timeout()
                .multipliedBy(fields.retries() + 1L)
                .plus(RetrySchedule.IN_PLACE.multipliedBy(fields.retries()));
    }

    private Attempt attempt(HttpCall call, AnswerRoom.Place place) {
        try {
            return new Attempt(calls.call(call, place), null);
        } catch (CallInterrupted e) {
            throw new StepUnavailable(e);
        } catch (HttpCallFailure e) {
            if (!e.isWorthRetrying()) {
                throw failure(e);
            }
            return new Attempt(null, e);
        }
    }

    private List<Outcome> emit(StepInput input, Attempt attempt, AnswerRoom.Place place) {
        var outcomes = new ArrayList<Outcome>();
        var body = new LinkedHashMap<String, @Nullable Object>();
        var answer = unpacked(attempt.answer(), place);
        if (answer == null) {
            body.put("status", 0);
            body.put("headers", Map.of());
            body.put("body", null);
            body.put("error", Map.of("message", attempt.text()));
        } else {
            body.put("status", answer.status());
            body.put("headers", answer.shownHeaders());
            var read = ResponseBody.read(answer, json);
            body.put("body", read.value());
            if (read.base64()) {
                body.put("body_encoding", "base64");
            }
            if (read.warning() != null) {
                outcomes.add(new Outcome.Log(WARN, read.warning()));
            }
        }
        outcomes.add(new Outcome.Data(input.message().withBody(body)));
        return outcomes;
    }

    private static @Nullable HttpAnswer unpacked(@Nullable HttpAnswer answer, AnswerRoom.Place place) {
        try {
            return answer == null ? null : answer.unpacked(place);
        } catch (HttpCallFailure e) {
            throw failure(e);
        }
    }

    private List<Outcome> fail(Attempt attempt, AnswerRoom.Place place) {
        var failure = attempt.failure();
        if (failure != null) {
            throw failure(failure);
        }
        // The message quotes the server also where it has no excerpt: the status is the server's word.
        throw StepFailure.of("HttpError", attempt.text() + excerpt(attempt.answer(), place), true);
    }

    private static StepFailure failure(HttpCallFailure e) {
        return StepFailure.of(e.name(), e.text(), e.isQuoting());
    }

    private static String excerpt(@Nullable HttpAnswer answer, AnswerRoom.Place place) {
        // Users are removed before the text is cut: an address that is cut within {@code user:password@} is no longer
        // recognized as having one.
        var text = answer == null ? "" : ShownText.withoutUsers(readable(answer, place));
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text);
    }

    /** That it can not be read is not what went wrong. */
    private static String readable(HttpAnswer answer, AnswerRoom.Place place) {
        try {
            return ResponseBody.excerpt(answer.unpacked(place));
        } catch (HttpCallFailure _) {
            return "";
        }
    }

    /** What one try came to: an answer, or a failure that is worth another. */
    private record Attempt(
            @Nullable HttpAnswer answer, @Nullable HttpCallFailure failure) {

        boolean isFine() {
            return answer != null && answer.status() < 400;
        }

        boolean isTransient() {
            return answer == null || answer.isTransient();
        }

        String text() {
            if (answer != null) {
                return "The server answered with the status " + answer.status();
            }
            return failure == null ? "" : failure.text();
        }
    }
}
