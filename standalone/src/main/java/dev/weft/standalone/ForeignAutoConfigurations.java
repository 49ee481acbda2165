package dev.weft.standalone;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps a context from auto-configuring libraries of other services: in this JVM each context sees every jar. A filter
 * and not {@code spring.autoconfigure.exclude}, since a service's own list would replace ours.
 */
final class ForeignAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

    /** What an auto-configuration's name begins with, and the one service it is for. */
    private static final Map<String, String> OWNERS = Map.of(
            "org.springframework.cloud.gateway.", "gateway",
            "org.springframework.boot.mail.", "execution-service");

    private String service = "";

    @Override
    public void setEnvironment(Environment environment) {
        service = environment.getProperty("spring.application.name", "");
    }

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        var matches = new boolean[candidates.length];
        for (var i = 0; i < candidates.length; i++) matches[i] = belongsHere(candidates[i]);
        return matches;
    }

    /** A candidate that an earlier filter dropped is null. */
    private boolean belongsHere(@Nullable String candidate) {
        if (candidate == null) return true;
        return OWNERS.entrySet().stream()
                .filter(owner -> candidate.startsWith(owner.getKey()))
                .allMatch(owner -> owner.getValue().equals(service));
    }
}
