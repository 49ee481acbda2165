package dev.weft.bench.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The broker of a {@link LaunchedWeft}, asked and ordered about with the command line tool of its package. */
public final class BrokerNode {

    private static final JsonMapper JSON = new JsonMapper();

    private final LaunchedWeft weft;
    private final int epmd;
    private final Path tool;

    public BrokerNode(LaunchedWeft weft) throws IOException {
        this.weft = weft;
        this.epmd = weft.port() + 22;
        this.tool = Stream.of(
                        "/usr/lib/rabbitmq/bin",
                        "/opt/homebrew/opt/rabbitmq/sbin",
                        "/usr/local/opt/rabbitmq/sbin",
                        "/usr/sbin")
                .map(directory -> Path.of(directory, "rabbitmqctl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("There is no rabbitmqctl"));
    }

    public List<BrokerQueue> queues() throws IOException, InterruptedException {
        var listed = JSON.readTree(ask(
                "-q",
                "list_queues",
                "--formatter",
                "json",
                "name",
                "messages_ready",
                "messages_unacknowledged",
                "consumers"));
        var queues = new ArrayList<BrokerQueue>();
        listed.forEach(queue -> queues.add(new BrokerQueue(
                queue.path("name").stringValue(),
                queue.path("messages_ready").asLong(0),
                queue.path("messages_unacknowledged").asLong(0),
                queue.path("consumers").asLong(0))));
        return queues;
    }

    public Set<String> runsOf(String flow) throws IOException, InterruptedException {
        return queues().stream()
                .filter(queue -> queue.flow().equals(flow))
                .map(BrokerQueue::run)
                .collect(Collectors.toSet());
    }

    /** An Erlang expression, evaluated on the node. */
    public String evaluate(String expression) throws IOException, InterruptedException {
        return ask("eval", expression);
    }

    /** {@code rabbitmqctl} with these words; what it printed. */
    public String ask(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(words));
        var home = weft.home().resolve("rabbitmq");
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        weft.home().resolve("rabbitmqctl.log").toFile()));
        var environment = builder.environment();
        environment.put("HOME", home.toString());
        environment.put("ERL_EPMD_PORT", Integer.toString(epmd));
        environment.put("RABBITMQ_NODENAME", "weft@localhost");
        // What the machine has set for a broker of its own is not for this one.
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("enabled_plugins").toString());
        var process = builder.start();
        // The tool may ask something on its input. It finds the end of it there, and not a person.
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        if (code != 0) {
            throw new IOException("rabbitmqctl " + String.join(" ", words) + " ended with " + code + ": " + output);
        }
        return output;
    }
}
