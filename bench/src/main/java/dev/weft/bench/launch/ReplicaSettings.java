package dev.weft.bench.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What the services of replicas are told in the environment; each that is called by others stands behind a balancer. */
record ReplicaSettings(LaunchedWeft servers, int base) {

    Map<String, String> all() throws IOException {
        var settings = new LinkedHashMap<String, String>();
        for (var file : List.of("secrets.env", "servers.env")) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(servers.home().resolve(file))) {
                properties.load(reader);
            }
            properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
        }
        for (var service : SuiteService.called()) {
            var balancer = new PortBalancer(List.of(service.port(base, 1), service.port(base, 2)));
            settings.put(service.urlVariable(), balancer.url());
        }
        settings.put("WEFT_PUBLIC_URL", "http://127.0.0.1:" + SuiteService.GATEWAY.port(base, 1));
        settings.put("WEFT_BOOTSTRAP_FILE", servers.credentials().toString());
        settings.put("WEFT_HOME", servers.home().toString());
        settings.put("WEFT_RATE_API_PER_MINUTE", "0");
        settings.put("WEFT_EGRESS_ALLOW", "127.0.0.0/8");
        return settings;
    }
}
