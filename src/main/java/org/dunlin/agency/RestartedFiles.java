package org.dunlin.agency;

import org.dunlin.dunning.DunningCases;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What becomes of the file of a case whose process was started again. */
@Service
class RestartedFiles {

    private final DunningCases cases;
    private final AgencyFiles files;
    private final Recalls recalls;

    RestartedFiles(DunningCases cases, AgencyFiles files, Recalls recalls) {
        this.cases = cases;
        this.files = files;
        this.recalls = recalls;
    }

    /**
     * Whether an agency has the case; then this instance waits for its reports from now on. A file on its way there is taken back,
     * because what carried it is gone.
     */
    @Transactional
    public boolean isWithAgency(long caseId, String instance) {
        cases.lock(caseId);
        AgencyFile file = files.active(caseId).orElse(null);
        if (file == null) {
            return false;
        }
        if (file.state() == AgencyFile.State.HANDED_OVER) {
            files.waitsAt(file.id(), instance);
            return true;
        }
        recalls.takeBack(file);
        return false;
    }
}
