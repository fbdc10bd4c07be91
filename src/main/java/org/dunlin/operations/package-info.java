/** What keeps cases from moving and needs a person: the work list of those who operate Dunlin. */
@org.springframework.modulith.ApplicationModule(displayName = "Operations")
package org.dunlin.operations;
