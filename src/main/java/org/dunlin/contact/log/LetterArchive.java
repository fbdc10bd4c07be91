package org.dunlin.contact.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
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
