package dev.weft.gateway.authentication;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.gateway.limit.RetryLater;
import feign.FeignException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Asks identity-service, with the secret that services share. It never retries, since identity-service counts wrong
 * attempts.
 */
@Service
@EnableFeignClients(clients = RemoteAuthentications.AuthenticationApi.class)
class RemoteAuthentications implements Authentications {

    private static final Logger log = LoggerFactory.getLogger(RemoteAuthentications.class);
    private static final long USUAL_WAIT_SECONDS = 60;

    /** The internal API of identity-service. */
    @FeignClient(name = "authentications", url = "${weft.services.identity}")
    interface AuthenticationApi {

        @PostMapping("/internal/authentications")
        Authentication authenticate(
                @RequestHeader("X-Weft-Service-Secret") String secret, @RequestBody AuthenticationQuestion question);
    }

    private final AuthenticationApi identity;
    private final RemoteCalls calls;
    private final String secret;

    RemoteAuthentications(
            AuthenticationApi identity, RemoteCalls calls, @Value("${weft.service-secret}") String secret) {
        this.identity = identity;
        this.calls = calls;
        this.secret = secret;
    }

    @Override
    public Authentication ask(AuthenticationQuestion question) {
        try {
            return calls.write("identity", () -> identity.authenticate(secret, question));
        } catch (FeignException.Unauthorized e) {
            throw Problem.of(ProblemCode.UNAUTHORIZED, "The credentials are not valid.")
                    .exception();
        } catch (FeignException.TooManyRequests e) {
            throw new RetryLater(
                            Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Too many attempts with wrong credentials."),
                            secondsOf(e))
                    .exception();
        } catch (FeignException.FeignClientException e) {
            log.warn("The identity service refuses to be asked: {}", e.toString());
            throw Problem.of(ProblemCode.UNAVAILABLE, "The identity service does not answer at the moment.")
                    .exception();
        }
    }

    private static long secondsOf(FeignException refusal) {
        return refusal.responseHeaders().getOrDefault("retry-after", List.of()).stream()
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .findFirst()
                .orElse(USUAL_WAIT_SECONDS);
    }
}
