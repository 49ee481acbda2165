package dev.weft.common.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.weft.common.service.ServiceUrls;
import jakarta.servlet.DispatcherType;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Makes a service a resource server for internal tokens: {@link CachingTokens} verifies a token, {@link CallerToken}
 * reads the caller from it, {@link CallerArgument} passes the caller to controllers, {@link KeysOutOfReach} answers
 * while the keys are not available. The gateway switches this off ({@code weft.internal-token: false}), since it
 * authenticates callers itself.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "weft.internal-token", matchIfMissing = true)
class InternalTokenConfiguration {

    /** identity-service brings its own: it makes these keys. */
    @Bean
    @ConditionalOnMissingBean
    JWKSource<SecurityContext> internalTokenKeys(ServiceUrls urls) throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(
                        URI.create(urls.identity() + "/internal/jwks").toURL(),
                        // The library's default of half a second is too short for a busy process.
                        new DefaultResourceRetriever(1_000, 5_000, 50 * 1024))
                .retrying(true)
                .build();
    }

    @Bean
    JwtDecoder internalTokens(JWKSource<SecurityContext> keys, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer("identity-service"),
                new JwtClaimValidator<List<String>>("aud", audience -> audience != null && audience.contains("weft"))));
        return new CachingTokens(decoder, clock);
    }

    @Bean
    SecurityFilterChain internalOnly(
            HttpSecurity http,
            InternalPaths open,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests
                        // Otherwise a failure on an open path would be answered 401 by the dispatch to /error.
                        .dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        // These endpoints are on the management port only, which is for probes and Prometheus and is
                        // never routed to.
                        .requestMatchers(EndpointRequest.toAnyEndpoint())
                        .permitAll()
                        .requestMatchers(open.paths().toArray(String[]::new))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new KeysOutOfReach(answers), BearerTokenAuthenticationFilter.class)
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(CallerToken::new)))
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    InternalPaths noOpenPaths() {
        return new InternalPaths(List.of("/error"));
    }

    @Bean
    WebMvcConfigurer callerArguments() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }
}
