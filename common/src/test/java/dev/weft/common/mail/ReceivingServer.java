package dev.weft.common.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server that takes mail over TLS from one user, but none for {@code nobody@} and not now for {@code later@}.
 */
final class ReceivingServer implements AutoCloseable {

    static final String USER = "weft";
    static final String PASSWORD = "the password of the mail server";

    private final KeyStore keys;
    private final SMTPServer server;
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final List<byte[]> mails = new CopyOnWriteArrayList<>();

    /**
     * @param directory where its keys are kept for the next one
     * @param name      of the host that its certificate is for
     */
    ReceivingServer(Path directory, String name) throws Exception {
        keys = keys(directory, name);
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .startTlsSocketFactory(context())
                .requireTLS()
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, _) -> {
                    if (!USER.equals(user) || !PASSWORD.equals(password)) {
                        throw new LoginFailedException();
                    }
                }))
                .messageHandlerFactory(_ -> new Taking())
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    List<byte[]> mails() {
        return mails;
    }

    List<String> recipients() {
        return recipients;
    }

    /** Made once for each name: a process takes a second. */
    private static KeyStore keys(Path directory, String name) throws Exception {
        var file = directory.resolve(name + ".p12");
        if (Files.notExists(file)) {
            make(file, name);
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (var stored = Files.newInputStream(file)) {
            keys.load(stored, "changeit".toCharArray());
        }
        return keys;
    }

    private static void make(Path file, String name) throws IOException, InterruptedException {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-validity",
                        "7",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
    }

    private SSLContext context() throws GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    /** Of a client that trusts this server. */
    SSLSocketFactory trusting() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /** One mail on its way in. */
    private final class Taking implements MessageHandler {

        @Override
        public void from(String from) {
            // Anyone may send.
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (recipient.startsWith("nobody@")) {
                throw new RejectException(550, "No such user here");
            }
            if (recipient.startsWith("later@")) {
                throw new RejectException(451, "Try again later");
            }
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            mails.add(data.readAllBytes());
            return "taken";
        }

        @Override
        public void done() {
            // Nothing is held.
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
