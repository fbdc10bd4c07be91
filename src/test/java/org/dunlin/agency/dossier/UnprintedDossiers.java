package org.dunlin.agency.dossier;

import java.util.Map;
import org.dunlin.Variant;
import org.dunlin.contact.letter.BlankPrinter;
import org.springframework.beans.factory.BeanFactory;

/** Dossiers with blank papers, for tests with hundreds of them that are about something else. */
public final class UnprintedDossiers {

    private UnprintedDossiers() {}

    public static Dossiers of(BeanFactory product) {
        Papers papers = Variant.of(Papers.class, product, Map.of("printer", new BlankPrinter()));
        return Variant.of(Dossiers.class, product, Map.of("papers", papers));
    }
}
