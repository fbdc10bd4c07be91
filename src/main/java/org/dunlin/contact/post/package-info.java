/** Letters on their way: the out-tray, print runs, and whoever takes them to the post. */
package org.dunlin.contact.post;
