package dev.weft.bench.faults;

import dev.weft.bench.launch.BuiltTree;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Each part killed under each kind of flow, again and again, in an installation of its own: a row a cell, exit code 1 when
 * an acknowledged call is lost or an effect comes under a second key.
 *
 * <p>{@code --rounds=1 --calls=300 --rate=100 --faults=standalone,broker,store,keycloak,sandbox
 * --flows=plain,ordered,fanout,splitter,code,chain,handler,timer --port=21080 --root=. --home=<a new one>}; with a home, the installation
 * there is used as it is and left running, its port being its own; it must have been started with the rate limit off and
 * with loopback addresses allowed to flows.
 */
public final class FaultMatrix {

    private FaultMatrix() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var place = Files.createTempDirectory("weft-faults");
        var tree = new BuiltTree(Path.of(options.text("root", ".")))
                .copyTo(place.resolve("tree"), List.of("standalone", "embedded-store"));
        var given = options.text("home", "");
        var settings = Map.of("WEFT_RATE_API_PER_MINUTE", "0", "WEFT_EGRESS_ALLOW", "127.0.0.0/8");
        var weft = new LaunchedWeft(tree, given.isEmpty() ? place.resolve("home") : Path.of(given), settings);
        if (given.isEmpty()) {
            weft.downAtExit();
            weft.run("up", "--port", options.text("port", "21080"));
        } else {
            weft.run("up");
        }
        if (!rounds(options, weft)) {
            System.out.println(
                    "The promise was broken; logs are in " + weft.home().resolve("logs"));
            System.exit(1);
        }
        if (given.isEmpty()) {
            weft.run("down");
        }
        OwnPlace.delete(place);
    }

    private static boolean rounds(Arguments options, LaunchedWeft weft) throws IOException, InterruptedException {
        var faults = chosen(FaultKind.values(), options.text("faults", ""));
        var flows = chosen(FaultFlow.values(), options.text("flows", ""));
        var api = new WeftApi(weft.credentials());
        var kept = true;
        System.out.println(FaultOutcome.HEADING);
        System.out.println("|" + " --- |".repeat(10));
        for (var round = 0; round < options.number("rounds", 1); round++) {
            for (var fault : faults) {
                for (var flow : flows) {
                    var cell = new FaultCell(
                            weft, api, fault, flow, options.number("calls", 300), options.number("rate", 100));
                    var outcome = cell.run();
                    outcome.ifPresent(what -> System.out.println(what.row(fault, flow)));
                    kept &= outcome.map(FaultOutcome::keepsThePromise).orElse(true);
                }
            }
        }
        return kept;
    }

    private static <T extends Enum<T>> List<T> chosen(T[] all, String names) {
        var wanted = Arrays.asList(names.toUpperCase(Locale.ROOT).split(",", -1));
        var chosen = Arrays.stream(all)
                .filter(value -> names.isEmpty() || wanted.contains(value.name()))
                .toList();
        // A name that is none would be a row that is left out without a word.
        if (!names.isEmpty() && chosen.size() != wanted.size()) {
            throw new IllegalArgumentException("'" + names + "' is not among " + Arrays.toString(all));
        }
        return chosen;
    }
}
