/** The view *Story Bank* and its item in the status bar. */

import * as vscode from "vscode";

import type { Bank, Node, Tree } from "./bank";

/** Whether the view has something to show: it hides where nobody keeps stories. */
const HAS_BANK = "starling.hasBank";

const ICONS: Record<Node["kind"], string> = {
    section: "library",
    story: "book",
    template: "edit",
    theme: "tag",
    principle: "law",
    question: "question",
};

/** Shows the bank as the server tells of it. */
export class View implements vscode.TreeDataProvider<Node>, vscode.Disposable {
    private readonly changed = new vscode.EventEmitter<void>();
    readonly onDidChangeTreeData = this.changed.event;
    private readonly status = vscode.window.createStatusBarItem("starling.bank", vscode.StatusBarAlignment.Right);
    private readonly view: vscode.TreeView<Node>;
    private sections: readonly Node[] = [];
    private asked = 0;

    constructor(private readonly bank: Bank) {
        this.status.name = "Story Bank";
        this.status.command = "starling.openBank";
        this.view = vscode.window.createTreeView("starling.stories", { treeDataProvider: this, showCollapseAll: true });
    }

    /** Asks the server anew; the last answer counts. */
    async refresh(): Promise<void> {
        this.asked += 1;
        const number = this.asked;
        // Without a server there is nothing to show; the user is told of that elsewhere.
        const nothing: Tree = { status: null, sections: [] };
        const tree = await this.bank.tree().catch(() => nothing);
        if (number === this.asked) {
            await this.show(tree);
        }
    }

    private async show({ status, sections }: Tree): Promise<void> {
        this.sections = sections;
        if (sections.length > 0) {
            await vscode.commands.executeCommand("setContext", HAS_BANK, true);
        }
        this.changed.fire();
        if (status === null) {
            this.status.hide();
            return;
        }
        this.status.text = `$(library) ${status.text}`;
        this.status.tooltip = status.tooltip;
        this.status.show();
    }

    /** Shows the view, also where there is no story yet: it says how to begin. */
    async focus(): Promise<void> {
        await vscode.commands.executeCommand("setContext", HAS_BANK, true);
        await vscode.commands.executeCommand("starling.stories.focus");
    }

    getChildren(node?: Node): Node[] {
        return [...(node?.children ?? this.sections)];
    }

    getTreeItem(node: Node): vscode.TreeItem {
        const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
        const opened = node.label === this.sections[0]?.label ? Expanded : Collapsed;
        const item = new vscode.TreeItem(node.label, node.children.length === 0 ? None : opened);
        item.description = node.description;
        item.tooltip = `${node.label}\n${node.description}`.trim();
        item.iconPath = new vscode.ThemeIcon(ICONS[node.kind], colour(node));
        item.contextValue = node.kind;
        item.accessibilityInformation = { label: `${node.label}, ${node.description}` };
        if (node.uri !== undefined) {
            item.command = { command: "vscode.open", title: "Open Story", arguments: [vscode.Uri.parse(node.uri)] };
        }
        return item;
    }

    dispose(): void {
        this.view.dispose();
        this.status.dispose();
        this.changed.dispose();
    }
}

/** What lacks something stands out. */
function colour({ gap, kind }: Node): vscode.ThemeColor | undefined {
    return gap && kind !== "principle" ? new vscode.ThemeColor("list.warningForeground") : undefined;
}
