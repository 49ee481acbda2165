package dev.weft.standalone;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The main sources of all modules, and what the house asks of their shape. Each rule answers who breaks it, and how. */
record SuiteSources(List<JavaSource> files) {

    private static final int LONGEST = 350;
    private static final int MOST_IN_A_PACKAGE = 15;
    private static final int MOST_PUBLIC_PERCENT = 45;
    private static final int LEAST_WHYS_PER_THOUSAND = 15;

    /** Also of modules that depend on nothing of ours and on which nothing depends: they are on no class path here. */
    static SuiteSources below(Path root) throws IOException {
        var files = new ArrayList<JavaSource>();
        try (var modules = Files.list(root)) {
            for (var module : modules.sorted().toList()) {
                var main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    read(module.getFileName().toString(), main, files);
                }
            }
        }
        return new SuiteSources(files);
    }

    private static void read(String module, Path main, List<JavaSource> files) throws IOException {
        try (var paths = Files.walk(main)) {
            for (var path :
                    paths.filter(path -> path.toString().endsWith(".java")).toList()) {
                files.add(JavaSource.read(module, path.getFileName().toString(), Files.readString(path)));
            }
        }
    }

    private List<JavaSource> types() {
        return files.stream().filter(file -> !file.isPackageInfo()).toList();
    }

    List<String> tooLong() {
        return types().stream()
                .filter(file -> file.lines() > LONGEST)
                .map(file -> file + " has " + file.lines() + " lines, more than " + LONGEST)
                .toList();
    }

    List<String> tooFull() {
        return types().stream()
                .collect(groupingBy(JavaSource::packageName, TreeMap::new, counting()))
                .entrySet()
                .stream()
                .filter(types -> types.getValue() > MOST_IN_A_PACKAGE)
                .map(types -> types.getKey() + " has " + types.getValue() + " files, more than " + MOST_IN_A_PACKAGE)
                .toList();
    }

    List<String> tooPublic() {
        var all = types().size();
        var open = types().stream().filter(JavaSource::isPublic).count();
        return open * 100 <= (long) all * MOST_PUBLIC_PERCENT
                ? List.of()
                : List.of(open + " of " + all + " types are public, more than " + MOST_PUBLIC_PERCENT + " %");
    }

    List<String> tooSilent() {
        var lines = types().stream().mapToLong(JavaSource::lines).sum();
        var whys = types().stream().mapToLong(JavaSource::whys).sum();
        return whys * 1000 >= lines * LEAST_WHYS_PER_THOUSAND
                ? List.of()
                : List.of(
                        whys + " comments in " + lines + " lines, less than " + LEAST_WHYS_PER_THOUSAND + " in 1,000");
    }

    /** Those who have such a text outside of the packages that begin so. */
    List<String> outside(String packages, Pattern text) {
        return types().stream()
                .filter(file -> !file.packageName().startsWith(packages))
                .filter(file -> text.matcher(file.code()).find())
                .map(JavaSource::toString)
                .toList();
    }

    /** By module the packages that stand in a circle, or between two. */
    Map<String, TreeSet<String>> circles() {
        var circles = new TreeMap<String, TreeSet<String>>();
        for (var module :
                types().stream().collect(groupingBy(JavaSource::module)).entrySet()) {
            var arrows = arrows(module.getValue());
            while (thinOut(arrows)) {
                // Until all that are left need others and are needed.
            }
            if (!arrows.isEmpty()) {
                circles.put(module.getKey(), new TreeSet<>(arrows.keySet()));
            }
        }
        return circles;
    }

    /** Takes away who needs nobody, or is needed by nobody: he is in no circle. Without him others may be so. */
    private static boolean thinOut(TreeMap<String, TreeSet<String>> arrows) {
        arrows.values().forEach(needed -> needed.retainAll(arrows.keySet()));
        var needed = arrows.values().stream().flatMap(TreeSet::stream).collect(toSet());
        return arrows.entrySet().removeIf(one -> one.getValue().isEmpty() || !needed.contains(one.getKey()));
    }

    /** From each package to those of its module that it needs. */
    private static TreeMap<String, TreeSet<String>> arrows(List<JavaSource> module) {
        var arrows = new TreeMap<String, TreeSet<String>>();
        module.forEach(file -> arrows.put(file.packageName(), new TreeSet<>()));
        for (var file : module) {
            var needed = Objects.requireNonNull(arrows.get(file.packageName()));
            file.named().stream()
                    .filter(named -> arrows.containsKey(named) && !named.equals(file.packageName()))
                    .forEach(needed::add);
        }
        return arrows;
    }
}
