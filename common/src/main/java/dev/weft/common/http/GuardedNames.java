package dev.weft.common.http;

import dev.weft.common.egress.EgressGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * A name resolver that asks the guard.
 *
 * @param lookups threads of their own: nothing else ends a question to a name server before its answer
 */
record GuardedNames(EgressGuard guard, ExecutorService lookups) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var lookup = lookups.submit(() -> guard.resolve(host));
        try {
            return lookup.get(CallTime.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw new UnknownHostException("The name server does not answer in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpCaller.CallInterrupted(e);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
