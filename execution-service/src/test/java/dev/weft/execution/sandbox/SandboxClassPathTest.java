package dev.weft.execution.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxClassPathTest {

    private static final List<String> OF_THE_WORKER = List.of(
            "sandbox-0.1.0-SNAPSHOT.jar",
            "expression-0.1.0-SNAPSHOT.jar",
            "jsonata-0.9.10.jar",
            "jackson-core-3.1.5.jar",
            "js-language-25.0.2.jar");
    private static final List<String> OF_THE_SERVICE = List.of(
            "execution-service-0.1.0-SNAPSHOT.jar",
            "common-0.1.0-SNAPSHOT.jar",
            "spring-core-7.0.1.jar",
            "mongodb-driver-sync-5.6.1.jar",
            "amqp-client-5.27.1.jar",
            "jackson-core-2.21.5.jar",
            "commons-collections-3.2.2.jar");

    @TempDir
    private Path directory;

    /** As the launcher and the images lay out a service. */
    @Test
    void findsWhatTheManifestOfTheServiceNames() throws IOException {
        var names = String.join(" ", both().stream().map(name -> "lib/" + name).toList());
        var service = jar("service.jar", names, List.of());

        assertThat(SandboxClassPath.chosen(service.toString()))
                .extracting(path -> directory.toAbsolutePath().relativize(path).toString())
                .containsExactlyInAnyOrderElementsOf(
                        OF_THE_WORKER.stream().map(name -> "lib/" + name).toList());
    }

    @Test
    void takesItOutOfAnArchive() throws IOException {
        var archive = jar(
                "service-exec.jar",
                "",
                both().stream().map(name -> "BOOT-INF/lib/" + name).toList());

        var copies = SandboxClassPath.unpacked(archive);

        assertThat(copies)
                .allSatisfy(copy -> assertThat(copy).isRegularFile())
                .extracting(copy -> copy.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(OF_THE_WORKER);
    }

    @Test
    void choosesAmongJarsAndDirectories() throws IOException {
        var language = Files.createDirectories(directory.resolve("classes/dev/weft/expression"));
        Files.createFile(language.resolve("Program.class"));
        var service = Files.createDirectories(directory.resolve("service/dev/weft/execution"));
        var entries = List.of(
                directory.resolve("classes").toString(),
                service.toString(),
                "/m2/jsonata-0.9.10.jar",
                "/m2/spring-core-7.0.1.jar");

        assertThat(SandboxClassPath.chosen(String.join(File.pathSeparator, entries)))
                .containsExactly(directory.resolve("classes"), Path.of("/m2/jsonata-0.9.10.jar"));
    }

    private static List<String> both() {
        return Stream.concat(OF_THE_WORKER.stream(), OF_THE_SERVICE.stream()).toList();
    }

    private Path jar(String name, String classPath, List<String> entries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        var jar = directory.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var entry : entries) {
                out.putNextEntry(new JarEntry(entry));
            }
        }
        return jar;
    }
}
