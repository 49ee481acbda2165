package dev.weft.common.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** Writes mails to files {@code <id>.eml}, whole or not at all; a repeated mail overwrites the same file. */
final class FileMailer implements Mailer {

    private final Path directory;
    private final MailWriter writer;
    private final Session session = Session.getInstance(new Properties());

    FileMailer(Path directory, MailWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    @Override
    public String send(Mail mail) {
        var id = MailWriter.messageId(mail);
        var name = id.substring(1, id.indexOf('@'));
        try {
            var bytes = new ByteArrayOutputStream();
            writer.write(session, mail).writeTo(bytes);
            Files.createDirectories(directory);
            // Created in the target directory, since a move is atomic within one file system only.
            var unfinished = Files.createTempFile(directory, name, ".part");
            Files.write(unfinished, bytes.toByteArray());
            Files.move(unfinished, directory.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | MessagingException e) {
            throw MailFailure.quoting("The mail can not be written: " + e.getMessage());
        }
        return id;
    }
}
