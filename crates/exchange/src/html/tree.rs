//! The tree that a browser makes of a page: html5ever decides its shape, these are its nodes.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use html5ever::{
    Attribute, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    tendril::StrTendril,
};

/// One node.
#[derive(Debug)]
pub(super) struct Node {
    parent: Option<usize>,
    /// By their places in the tree.
    pub(super) children: Vec<usize>,
    /// What it is.
    pub(super) what: What,
    depth: u32,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum What {
    /// An element.
    Element {
        /// Its name.
        name: Rc<QualName>,
        /// Its attributes.
        attributes: Vec<Attribute>,
    },
    /// Text.
    Text(StrTendril),
    /// The document itself, a comment, an instruction.
    Other,
}

impl Node {
    /// The name of an element; empty for everything else.
    pub(super) fn name(&self) -> &str {
        match &self.what {
            What::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        match &self.what {
            What::Element { attributes, .. } => {
                attributes.iter().find(|one| &*one.name.local == wanted).map(|one| &*one.value)
            }
            _ => None,
        }
    }
}

/// How the parser speaks of a node: its place, and the name of an element, which it asks for all the time.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    at: usize,
    name: Rc<QualName>,
}

/// All nodes; the first is the document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// How deep elements lie within each other at most.
    pub(super) deepest: u32,
}

impl Tree {
    /// The text within a node, as far as it is a few levels deep.
    pub(super) fn words(&self, at: usize, out: &mut String) {
        let mut open = vec![(at, 0)];
        while let Some((at, depth)) = open.pop() {
            let node = &self.nodes[at];
            if let What::Text(text) = &node.what {
                out.push_str(text);
                out.push(' ');
            }
            if depth < 8 && out.len() < 1_000 {
                open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
            }
        }
    }

    fn attach(&mut self, parent: usize, place: Option<usize>, child: usize) {
        let depth = self.nodes[parent].depth + 1;
        self.deepest = self.deepest.max(depth);
        self.nodes[child].depth = depth;
        self.nodes[child].parent = Some(parent);
        let children = &mut self.nodes[parent].children;
        let place = place.unwrap_or(children.len());
        children.insert(place, child);
    }

    fn detach(&mut self, child: usize) {
        if let Some(parent) = self.nodes[child].parent.take() {
            // What the parser moves was mostly made a moment ago.
            let children = &mut self.nodes[parent].children;
            if let Some(place) = children.iter().rposition(|one| *one == child) {
                children.remove(place);
            }
        }
    }

    fn place(&self, child: usize) -> Option<(usize, usize)> {
        let parent = self.nodes[child].parent?;
        Some((parent, self.nodes[parent].children.iter().rposition(|one| *one == child)?))
    }

    /// Adds text to the text node before this place, or makes one.
    fn text(&mut self, parent: usize, place: Option<usize>, text: &StrTendril) {
        let children = &self.nodes[parent].children;
        let before = place.unwrap_or(children.len()).checked_sub(1).and_then(|place| children.get(place)).copied();
        if let Some(before) = before
            && let What::Text(found) = &mut self.nodes[before].what
        {
            found.push_tendril(text);
            return;
        }
        let child = self.make(What::Text(text.clone()));
        self.attach(parent, place, child);
    }

    fn make(&mut self, what: What) -> usize {
        self.nodes.push(Node { parent: None, children: Vec::new(), what, depth: 0 });
        self.nodes.len() - 1
    }
}

/// Takes the tree from the parser.
pub(super) struct Sink {
    tree: RefCell<Tree>,
    nameless: Rc<QualName>,
}

impl Sink {
    pub(super) fn new() -> Self {
        let mut tree = Tree::default();
        tree.make(What::Other);
        let nameless = QualName::new(None, "".into(), "".into());
        Self { tree: RefCell::new(tree), nameless: Rc::new(nameless) }
    }

    /// How many nodes there are, and how deep they lie.
    pub(super) fn size(&self) -> (usize, u32) {
        let tree = self.tree.borrow();
        (tree.nodes.len(), tree.deepest)
    }

    fn other(&self) -> Handle {
        Handle { at: self.tree.borrow_mut().make(What::Other), name: Rc::clone(&self.nameless) }
    }

    fn add(&self, parent: usize, place: Option<usize>, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(child) => {
                tree.detach(child.at);
                tree.attach(parent, place, child.at);
            }
            NodeOrText::AppendText(text) => tree.text(parent, place, &text),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { at: 0, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let name = Rc::new(name);
        let at = self.tree.borrow_mut().make(What::Element { name: Rc::clone(&name), attributes });
        Handle { at, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.add(parent.at, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        if self.tree.borrow().nodes[element.at].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        // Templates are not shown: what is in them may lie where they do.
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.at == other.at
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.tree.borrow_mut().detach(child.at);
        }
        let place = self.tree.borrow().place(sibling.at);
        if let Some((parent, place)) = place {
            self.add(parent, Some(place), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let What::Element { attributes, .. } = &mut self.tree.borrow_mut().nodes[target.at].what {
            for one in more {
                if attributes.iter().all(|there| there.name != one.name) {
                    attributes.push(one);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.at);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        let children = std::mem::take(&mut tree.nodes[node.at].children);
        for child in children {
            tree.nodes[child].parent = None;
            tree.attach(parent.at, None, child);
        }
    }
}
