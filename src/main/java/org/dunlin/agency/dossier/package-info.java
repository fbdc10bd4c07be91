/** The dossier of a case: everything an agency needs to know, as data, as tables, and on paper. */
package org.dunlin.agency.dossier;
