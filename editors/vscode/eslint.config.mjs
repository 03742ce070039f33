import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
    { ignores: ["dist/", "out/"] },
    eslint.configs.recommended,
    tseslint.configs.strictTypeChecked,
    tseslint.configs.stylisticTypeChecked,
    { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
    // Scripts read JSON, whose types are not known; the compiler checks the rest, and knows what Node defines.
    { files: ["**/*.mjs"], extends: [tseslint.configs.disableTypeChecked], rules: { "no-undef": "off" } },
);
