package org.dunlin.agency.dossier;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a dossier is made for.
 *
 * @param agencyKind AGENCY or LAWYER
 * @param language   of the papers
 * @param note       what a person of ours wrote for the agency
 */
public record DossierOrder(
        long caseId,
        String reference,
        String agencyId,
        String agencyName,
        String agencyKind,
        Locale language,
        @Nullable String note,
        Instant at) {}
