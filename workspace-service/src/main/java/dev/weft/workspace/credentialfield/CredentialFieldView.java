package dev.weft.workspace.credentialfield;

/** The kinds of field. */
enum CredentialFieldView {
    TEXT,
    PASSWORD,
    CHECK_BOX,
    SELECT,
    MULTI_SELECT,
    OAUTH,
    WEBHOOK_AUTH,
    /** A view class of a later time: anything is accepted, and nothing of it shown. */
    UNKNOWN;

    static CredentialFieldView of(String viewClass) {
        return switch (viewClass) {
            case "TextFieldView", "TextFieldWithNoteView", "TextAreaView" -> TEXT;
            case "PasswordFieldView" -> PASSWORD;
            case "CheckBoxView" -> CHECK_BOX;
            case "SelectView" -> SELECT;
            case "MultiSelectView" -> MULTI_SELECT;
            case "OAuthFieldView" -> OAUTH;
            case "WebhookAuthView" -> WEBHOOK_AUTH;
            default -> UNKNOWN;
        };
    }
}
