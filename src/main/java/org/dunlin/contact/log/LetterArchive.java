package org.dunlin.contact.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Letters as they were printed, each with the fingerprint of its file. */
@Repository
public class LetterArchive {

    private final JdbcClient jdbc;

    LetterArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is known of a letter without opening it.
     *
     * @param sha256 of the file, in hexadecimal
     */
    public record Kept(int pages, String sha256) {}

    /** Keeps the letter, in place of one that was worded before and not posted. */
    @Transactional
    public void keep(long contactId, byte[] pdf) {
        jdbc.sql(
                        """
                        insert into contact_letter (contact_id, pdf, sha256, pages) values (:id, :pdf, :sha256, :pages)
                        on conflict (contact_id) do update set pdf = excluded.pdf, sha256 = excluded.sha256, pages = excluded.pages
                        """)
                .param("id", contactId)
                .param("pdf", pdf)
                .param("sha256", fingerprint(pdf))
                .param("pages", pages(pdf))
                .update();
    }

    /**
     * Somebody prints a letter that is posted by hand; what was printed last counts.
     *
     * @param instance process that has the task
     * @param formText the words as they stand in its form
     */
    public void printed(String instance, String formText, byte[] pdf, Instant at) {
        jdbc.sql(
                        """
                        insert into letter_print (instance, form_text, pdf, printed_at) values (:instance, :text, :pdf, :at)
                        on conflict (instance) do update set form_text = excluded.form_text, pdf = excluded.pdf, printed_at = excluded.printed_at
                        """)
                .param("instance", instance)
                .param("text", plain(formText))
                .param("pdf", pdf)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
    }

    /** A letter was posted by hand: its pages are kept, unless somebody changed the words and printed something else. */
    @Transactional
    public void posted(Occurrence occurrence, @Nullable String text) {
        if (text == null) {
            return;
        }
        jdbc.sql(
                        """
                        select c.id, p.pdf from contact c, letter_print p
                        where c.occurrence = :occurrence and p.instance = :instance and p.form_text = :text
                          and c.channel in ('LETTER', 'REGISTERED_LETTER')
                        """)
                .param("occurrence", occurrence.toString())
                .param("instance", occurrence.processInstanceId())
                .param("text", plain(text))
                .query((row, n) -> new Print(row.getLong("id"), row.getBytes("pdf")))
                .optional()
                .ifPresent(print -> keep(print.contactId, print.pdf));
        jdbc.sql("delete from letter_print where instance = :instance")
                .param("instance", occurrence.processInstanceId())
                .update();
    }

    private static final class Print {

        private final long contactId;
        private final byte[] pdf;

        Print(long contactId, byte[] pdf) {
            this.contactId = contactId;
            this.pdf = pdf;
        }
    }

    /** Browsers end lines in ways of their own. */
    private static String plain(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    public Optional<Kept> find(long contactId) {
        return jdbc.sql("select pages, sha256 from contact_letter where contact_id = :id")
                .param("id", contactId)
                .query((row, n) -> new Kept(row.getInt("pages"), row.getString("sha256")))
                .optional();
    }

    /** The PDF as it was printed. */
    public Optional<byte[]> pdf(long contactId) {
        return jdbc.sql("select pdf from contact_letter where contact_id = :id")
                .param("id", contactId)
                .query((row, n) -> row.getBytes("pdf"))
                .optional();
    }

    private static int pages(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        } catch (IOException e) {
            throw new UncheckedIOException("What was printed is no PDF", e);
        }
    }

    private static String fingerprint(byte[] pdf) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }
}
