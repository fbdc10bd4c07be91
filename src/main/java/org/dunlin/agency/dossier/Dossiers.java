package org.dunlin.agency.dossier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import org.dunlin.agency.dossier.DossierReader.Found;
import org.dunlin.receivables.OpenInvoice;
import org.springframework.stereotype.Component;

/** Makes the dossier of a case as it stands at this moment. */
@Component
public class Dossiers {

    private final DossierReader reader;
    private final Papers papers;
    private final ObjectMapper json;

    Dossiers(DossierReader reader, Papers papers, ObjectMapper json) {
        this.reader = reader;
        this.papers = papers;
        this.json = json.copy()
                .setSerializationInclusion(JsonInclude.Include.NON_NULL)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
    }

    /**
     * A dossier.
     *
     * @param claimed what the agency is asked to collect
     * @param json    {@code dossier.json}
     * @param archive all of it, as ZIP
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Made(Dossier dossier, List<OpenInvoice> claimed, byte[] json, byte[] archive) {}

    /** Binding only while the caller holds the customer's lock, because payments take the same one. */
    public Made make(DossierOrder order) {
        Found found = reader.read(order);
        byte[] data = bytes(found.dossier());
        Archive archive = new Archive(order.at());
        archive.add("dossier.json", data);
        archive.add("summary.pdf", papers.summary(found.dossier(), order.language()));
        archive.add("statement.pdf", papers.statement(found.dossier(), order.language()));
        archive.add("invoices.csv", Tables.invoices(found.dossier()));
        archive.add("payments.csv", Tables.payments(found.dossier()));
        if (!found.dossier().contacts().isEmpty()) {
            archive.add("messages.pdf", papers.messages(found.dossier(), order.language()));
        }
        found.files().forEach(archive::add);
        return new Made(found.dossier(), found.claimed(), data, archive.bytes());
    }

    /** The summary alone, for somebody who is about to decide. */
    public byte[] summary(DossierOrder order) {
        return papers.summary(reader.read(order).dossier(), order.language());
    }

    private byte[] bytes(Dossier dossier) {
        try {
            return json.writeValueAsBytes(dossier);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The dossier " + dossier.reference() + " cannot be written", e);
        }
    }
}
