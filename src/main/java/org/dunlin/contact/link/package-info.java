/** Links from a message to the page where its customer sees what is open: made here, signed, and found again by their token. */
@NullMarked
@org.springframework.modulith.NamedInterface("link")
package org.dunlin.contact.link;

import org.jspecify.annotations.NullMarked;
