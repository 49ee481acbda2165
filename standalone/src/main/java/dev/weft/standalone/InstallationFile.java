package dev.weft.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The installation's {@code credentials.json}. The launcher makes it with all secrets before anything starts; the
 * identifiers, which only the services know, are filled in here; they are asked for through the gateway, as any client
 * would.
 *
 * <pre>{"gateway_url": "…", "tenant": {"id": "…", "code": "default"}, "tenant_admin": {"email": "…", "password": "…", "api_key": "…"},
 *  "service_account": {"login": "…", "password": "…"}, "issuer": "…", "contract_id": "…", "workspace_id": "…", "git_ssh": null}</pre>
 */
final class InstallationFile {

    private static final Logger LOG = LoggerFactory.getLogger(InstallationFile.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;
    private final URI publicUrl;
    private final int gatewayPort;

    InstallationFile(Path file, URI publicUrl, int gatewayPort) {
        this.file = file;
        this.publicUrl = publicUrl;
        this.gatewayPort = gatewayPort;
    }

    /** Tries until the services answer; they make the first tenant, contract and workspace in their own time. */
    void completeWhenReady() {
        if (isComplete(read())) return;
        // This executor's platform thread ends with its only task.
        var retries = Executors.newSingleThreadScheduledExecutor();
        var _ = retries.scheduleWithFixedDelay(
                () -> {
                    if (tryToComplete()) retries.shutdown();
                },
                0,
                250,
                TimeUnit.MILLISECONDS);
    }

    private boolean tryToComplete() {
        try {
            var content = read();
            var ids = new FirstIds(gatewayPort, content.required("tenant_admin")).ask();
            ids.ifPresent(found -> complete(content, found));
            return ids.isPresent();
        } catch (RuntimeException e) {
            LOG.error("The identifiers in {} could not be filled in", file, e);
            return true;
        }
    }

    private void complete(ObjectNode content, FirstIds.Found ids) {
        content.put("gateway_url", publicUrl.toString());
        content.put("issuer", publicUrl + "/auth/realms/weft");
        content.withObject("/tenant").put("id", ids.tenant());
        content.put("contract_id", ids.contract());
        content.put("workspace_id", ids.workspace());
        write(content);
        LOG.info("{} is complete", file);
    }

    private boolean isComplete(JsonNode content) {
        return content.path("gateway_url").asString("").equals(publicUrl.toString())
                && content.path("tenant").path("id").isString()
                && content.path("contract_id").isString()
                && content.path("workspace_id").isString();
    }

    private ObjectNode read() {
        return JSON.readTree(file).asObject();
    }

    /** The whole file or nothing of it, readable by its owner alone. */
    private void write(ObjectNode content) {
        try {
            var fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "credentials",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, JSON.writeValueAsBytes(content));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
