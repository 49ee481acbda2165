package dev.weft.gateway.edge;

import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.ClientShare;
import dev.weft.gateway.limit.RateLimit;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets in who calls without credentials, with a token in the path. One address may be wrong ten times in a minute, as with
 * passwords, and call sixty times at all; each on this instance.
 */
final class Guests {

    private static final int CALLS = 60;
    private static final int WRONG = 10;

    private final RateLimit rates;

    Guests(RateLimit rates) {
        this.rates = rates;
    }

    ServerResponse admit(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var address = ClientShare.of(request.servletRequest());
        var guesses = "guesses:" + address;
        rates.require("guests:" + address, CALLS);
        // Counted before: otherwise a thousand tokens tried at once would all be looked at before the first was wrong.
        rates.require(guesses, WRONG);
        var isGuess = true;
        try {
            var answer = next.handle(request);
            isGuess = answer.statusCode().isSameCodeAs(HttpStatus.NOT_FOUND);
            return answer;
        } catch (ProblemException e) {
            // Refused by the gateway itself: nobody has looked at the token.
            isGuess = false;
            throw e;
        } finally {
            if (!isGuess) {
                rates.takeBack(guesses, WRONG);
            }
        }
    }
}
